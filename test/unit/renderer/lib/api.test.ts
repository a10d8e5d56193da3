import { afterEach, describe, expect, it, vi } from 'vitest';
import { referenceBeside, tryAsk } from '#renderer/lib/api.ts';
import { confirmDesk } from '#renderer/lib/confirm-desk.ts';
import { onSignedOut } from '#renderer/lib/signed-out.ts';
import { say } from '#shared/domain/message.ts';
import type { ErrorCode } from '#shared/ipc/errors.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';

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

describe('tryAsk', () => {
  afterEach(() => vi.unstubAllGlobals());

  /** Main answers with these, one after another. */
  function answerWith(...answers: Result<unknown>[]) {
    const call = vi.fn(async () => answers.shift());
    vi.stubGlobal('window', { daftari: { call: { 'account:begin-totp': call } } });
    return call;
  }
  const failure = (code: ErrorCode) => fail(code, say('error.malformed'));
  const offer = succeed({ secret: 'S', uri: 'otpauth://' });

  it('hands an answer back as it is, asking nobody', async () => {
    const call = answerWith(offer);
    const asker = vi.fn(async () => true);
    const leave = confirmDesk.serve(asker);
    expect(await tryAsk('account:begin-totp', {})).toEqual(offer);
    expect(call).toHaveBeenCalledTimes(1);
    expect(asker).not.toHaveBeenCalled();
    leave();
  });

  it('repeats the call once the person has given the password again', async () => {
    const call = answerWith(failure('ipc/confirm-first'), offer);
    const leave = confirmDesk.serve(async () => true);
    expect(await tryAsk('account:begin-totp', {})).toEqual(offer);
    expect(call).toHaveBeenCalledTimes(2);
    leave();
  });

  it('is called off, and not repeated, when the person would rather not', async () => {
    const call = answerWith(failure('ipc/confirm-first'), offer);
    const leave = confirmDesk.serve(async () => false);
    expect(await tryAsk('account:begin-totp', {})).toMatchObject({
      ok: false,
      error: { code: 'access/cancelled' },
    });
    expect(call).toHaveBeenCalledTimes(1);
    leave();
  });

  it('does not ask for ever: a second "confirm first" is the answer', async () => {
    const call = answerWith(failure('ipc/confirm-first'), failure('ipc/confirm-first'), offer);
    const leave = confirmDesk.serve(async () => true);
    expect(await tryAsk('account:begin-totp', {})).toMatchObject({ error: { code: 'ipc/confirm-first' } });
    expect(call).toHaveBeenCalledTimes(2);
    leave();
  });

  it('tells the window when main knows of no session', async () => {
    answerWith(failure('ipc/signed-out'));
    const heard = vi.fn();
    const stop = onSignedOut(heard);
    expect(await tryAsk('account:begin-totp', {})).toMatchObject({ error: { code: 'ipc/signed-out' } });
    expect(heard).toHaveBeenCalledTimes(1);
    stop();
  });
});
