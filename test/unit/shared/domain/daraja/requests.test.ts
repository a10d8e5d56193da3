import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as requests from '#shared/domain/daraja/requests.ts';
import { toPullTime, toStamp } from '#shared/domain/daraja/stamps.ts';
import { cents } from '#shared/domain/money.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import { c2bUrls, resultUrls } from '#shared/domain/relay/callback-url.ts';
import type { UtcMs } from '#shared/domain/time.ts';

const path = 'a'.repeat(32);
const token = 'b'.repeat(32);
const credential = 'C'.repeat(344);
const asker: requests.Asker = {
  initiator: 'mfanolook',
  securityCredential: credential,
  urls: resultUrls('https://relay.example', path, token),
  remarks: 'Daftari',
};
const receipt = 'UKK1234567' as Receipt;

describe('bodies, letter by letter', () => {
  test('status', () => {
    expect(requests.statusBody(asker, receipt, { party: '765432', identifierType: '4' })).toEqual({
      Initiator: 'mfanolook',
      SecurityCredential: credential,
      CommandID: 'TransactionStatusQuery',
      TransactionID: 'UKK1234567',
      PartyA: '765432',
      IdentifierType: '4',
      ResultURL: `https://relay.example/${path}/${token}`,
      QueueTimeOutURL: `https://relay.example/${path}/${token}/timeout`,
      Remarks: 'Daftari',
      Occasion: 'Daftari',
    });
  });

  test('balance', () => {
    expect(requests.balanceBody(asker, '765432')).toEqual({
      Initiator: 'mfanolook',
      SecurityCredential: credential,
      CommandID: 'AccountBalance',
      PartyA: '765432',
      IdentifierType: '4',
      ResultURL: `https://relay.example/${path}/${token}`,
      QueueTimeOutURL: `https://relay.example/${path}/${token}/timeout`,
      Remarks: 'Daftari',
    });
  });

  test.each([
    [1_240_00, '1240'],
    [1_240_50, '1240.50'],
    [5, '0.05'],
    [70_000_00, '70000'],
  ])('reversal of %d cents: the misspelt name, type 11, no Occasion', (amount, written) => {
    const payment = { receipt, amount: cents(amount), shortCode: '765432' };
    expect(requests.reversalBody({ ...asker, remarks: 'R-000123' }, payment)).toEqual({
      Initiator: 'mfanolook',
      SecurityCredential: credential,
      CommandID: 'TransactionReversal',
      TransactionID: 'UKK1234567',
      Amount: written,
      ReceiverParty: '765432',
      RecieverIdentifierType: '11',
      ResultURL: `https://relay.example/${path}/${token}`,
      QueueTimeOutURL: `https://relay.example/${path}/${token}/timeout`,
      Remarks: 'R-000123',
    });
  });

  test('a Pull: Nairobi time, whole seconds that hold the stretch, the offset as text', () => {
    const from = Date.UTC(2026, 10, 27, 21, 0, 0, 400) as UtcMs;
    const to = Date.UTC(2026, 10, 28, 6, 30, 0, 1) as UtcMs;
    expect(requests.pullQueryBody('765432', { from, to, offset: 100 })).toEqual({
      ShortCode: '765432',
      StartDate: '2026-11-28 00:00:00',
      EndDate: '2026-11-28 09:30:01',
      OffSetValue: '100',
    });
  });

  test('registrations', () => {
    const urls = c2bUrls('https://relay.example', path);
    expect(requests.pullRegisterBody('765432', '254712345678', urls.confirmation)).toEqual({
      ShortCode: '765432',
      RequestType: 'Pull',
      NominatedNumber: '254712345678',
      CallBackURL: `https://relay.example/${path}/c2b/confirmation`,
    });
    expect(requests.c2bRegisterBody('765432', urls)).toEqual({
      ShortCode: '765432',
      ResponseType: 'Completed',
      ConfirmationURL: `https://relay.example/${path}/c2b/confirmation`,
      ValidationURL: `https://relay.example/${path}/c2b/validation`,
    });
  });

  test('an STK query has the very time that its password was made of', () => {
    const at = Date.UTC(2026, 10, 28, 21, 5, 9) as UtcMs;
    expect(requests.stkQueryBody('174379', 'ws_CO_1', { at, password: 'cGFzcw==' })).toEqual({
      BusinessShortCode: '174379',
      Password: 'cGFzcw==',
      Timestamp: '20261129000509',
      CheckoutRequestID: 'ws_CO_1',
    });
  });
});

test('times are East Africa’s, whatever the instant', () => {
  const instant = fc.integer({ min: Date.UTC(2007, 0, 1), max: Date.UTC(2100, 0, 1) });
  fc.assert(
    fc.property(instant, (ms) => {
      const at = ms as UtcMs;
      expect(toStamp(at)).toBe(toPullTime(at).replace(/\D/g, ''));
      const back = Date.parse(`${toPullTime(at).replace(' ', 'T')}+03:00`);
      expect(back).toBe(Math.floor(ms / 1_000) * 1_000);
    }),
  );
});

describe('what is kept of a body', () => {
  test('no credential, no password, no path, no whole number', () => {
    const bodies = [
      requests.statusBody(asker, receipt, { party: '765432', identifierType: '4' }),
      requests.balanceBody(asker, '765432'),
      requests.reversalBody(asker, { receipt, amount: cents(100), shortCode: '765432' }),
      requests.pullRegisterBody(
        '765432',
        '254712345678',
        c2bUrls('https://relay.example', path).confirmation,
      ),
      requests.c2bRegisterBody('765432', c2bUrls('https://relay.example', path)),
      requests.stkQueryBody('174379', 'ws_CO_1', { at: 0 as UtcMs, password: 'cGFzcw==' }),
    ];
    for (const body of bodies) {
      const kept = JSON.stringify(requests.withoutSecrets(body));
      for (const secret of [credential, path, token, 'cGFzcw==', '254712345678'])
        expect(kept).not.toContain(secret);
      expect(kept.length).toBeLessThan(4_000);
    }
    const [status, , , pull] = bodies.map(requests.withoutSecrets);
    expect(status).toMatchObject({ TransactionID: 'UKK1234567', ResultURL: 'https://relay.example/…' });
    expect(pull).toMatchObject({ NominatedNumber: '•••678', CallBackURL: 'https://relay.example/…' });
  });

  test('of any body, nothing that stands after a host', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        const { origin } = new URL(url);
        const { ResultURL = '' } = requests.withoutSecrets({ ResultURL: url });
        expect(ResultURL.toLowerCase()).toBe(`${url.slice(0, ResultURL.length - 2).toLowerCase()}/…`);
        expect(new URL(ResultURL).origin).toBe(origin);
      }),
    );
    expect(requests.withoutSecrets({ ResultURL: 'no address' })).toEqual({ ResultURL: '…' });
  });
});
