import { describe, expect, it } from 'vitest';
import { referenceBeside } from '#renderer/lib/api.ts';
import { say } from '#shared/domain/message.ts';

describe('referenceBeside', () => {
  it('is shown once: not where the sentence already names it', () => {
    expect(
      referenceBeside({
        code: 'ipc/bug',
        message: say('error.bug', { reference: 'K3F9' }),
        reference: 'K3F9',
      }),
    ).toBe(undefined);
  });

  it('is shown beside a sentence that does not name it, and only if there is one', () => {
    const message = say('startup.damaged');
    expect(referenceBeside({ code: 'startup/damaged', message, reference: 'K3F9' })).toBe('K3F9');
    expect(referenceBeside({ code: 'startup/damaged', message })).toBe(undefined);
  });
});
