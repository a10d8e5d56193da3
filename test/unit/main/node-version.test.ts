import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { expect, test } from 'vitest';
import { ROOT } from '#test/helpers/sources.ts';

const script = readFileSync(join(ROOT, 'main/node-version.cjs'), 'utf8');

function runOn(version: string): { said: string; code: number | null } {
  const told = { said: '', code: null as number | null };
  const process = {
    versions: { node: version },
    stderr: { write: (text: string) => (told.said += text) },
    exit: (code: number) => (told.code = code),
  };
  vm.runInNewContext(script, { process });
  return told;
}

test.each(['22.18.0', '22.20.1', '24.0.0', '26.1.0'])('Node %s is fine', (version) => {
  expect(runOn(version)).toEqual({ said: '', code: null });
});

test.each(['18.20.0', '20.18.3', '22.13.0', '22.17.1'])(
  'Node %s is told what is needed, and ends',
  (version) => {
    const { said, code } = runOn(version);
    expect(code).toBe(1);
    expect(said).toContain(`needs Node 22.18 or newer; this is Node ${version}.`);
  },
);

test('is written for the oldest Node there is', () => {
  expect(script).not.toMatch(/=>|\bconst\b|\blet\b|`|\?\./);
});
