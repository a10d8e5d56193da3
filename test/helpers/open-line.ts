import { onTestFinished } from 'vitest';
import { type LineLog, type LineOptions, openDarajaLine } from '#main/daraja/http-line.ts';
import type { ConsumerKeys, DarajaLine, LineRequest } from '#main/daraja/line.ts';
import { balanceBody, pullQueryBody, reversalBody, statusBody } from '#shared/domain/daraja/requests.ts';
import type { Cents } from '#shared/domain/money.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import { HOUR, type UtcMs } from '#shared/domain/time.ts';
import { type Simulator, STARTS_AT } from '#test/daraja-simulator/simulator.ts';
import { sealPassword } from './simulator.ts';
import { PAYBILL } from './simulator-caller.ts';

export type LoggedLine = { readonly what: string; readonly facts: Record<string, unknown> | undefined };
export type TestLine = DarajaLine & { readonly logged: readonly LoggedLine[] };

/** A line to a server on this computer, without a pace; closed with the test. */
export function openTestLine(origin: string, options: Partial<LineOptions> = {}): TestLine {
  const logged: LoggedLine[] = [];
  const log: LineLog = { warn: (what, facts) => logged.push({ what, facts }) };
  const line = openDarajaLine({ origin, now: () => STARTS_AT, log, pace: 0, ...options });
  onTestFinished(line.close);
  return { ...line, logged };
}

export function keysOf({ shop }: Simulator): ConsumerKeys {
  const [app] = shop.apps;
  return { key: app?.consumerKey ?? '', secret: app?.consumerSecret ?? '' };
}

/** One whole request of each product, as the shop that the simulator invents would send it. */
export function requestsOf(
  simulator: Simulator,
  receipt = 'UKK1234567',
): Record<'status' | 'balance' | 'reversal' | 'pull', LineRequest> {
  const keys = keysOf(simulator);
  const [lookUp, back] = simulator.shop.operators;
  const { pem } = simulator.certificates[simulator.environment];
  const urls = { result: 'http://127.0.0.1:9/a/b', timeout: 'http://127.0.0.1:9/a/b/timeout' };
  const asker = (operator: { name: string; password: string } | undefined) => ({
    initiator: operator?.name ?? '',
    securityCredential: sealPassword(pem, operator?.password ?? ''),
    urls,
    remarks: 'Daftari',
  });
  const ours = { party: PAYBILL, identifierType: '4' as const };
  const payment = { receipt: receipt as Receipt, amount: 1_240_00 as Cents, shortCode: PAYBILL };
  const stretch = { from: (STARTS_AT - HOUR) as UtcMs, to: STARTS_AT, offset: 0 };
  return {
    status: { product: 'status', keys, body: statusBody(asker(lookUp), receipt as Receipt, ours) },
    balance: { product: 'balance', keys, body: balanceBody(asker(lookUp), PAYBILL) },
    reversal: { product: 'reversal', keys, body: reversalBody(asker(back), payment) },
    pull: { product: 'pull-query', keys, body: pullQueryBody(PAYBILL, stretch) },
  };
}
