import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const CHILD = fileURLToPath(new URL('../../helpers/simulator-child.ts', import.meta.url));

test.each(['virtual', 'real'])(
  'closed in the middle of everything, with a %s clock, it leaves nothing running',
  async (clock) => {
    // The process ends only when no timer, connection or server holds it.
    const { stdout } = await promisify(execFile)(process.execPath, [CHILD, clock], { timeout: 60_000 });
    expect(JSON.parse(stdout)).toEqual({ ends: ['rejected', 'rejected', 'rejected'], posts: [] });
  },
);
