import { describe, expect, test } from 'vitest';
import { openFileTokens } from '#main/services/file-tokens.ts';
import { approveReversal } from '#main/services/reversals/approve-reversal.ts';
import { requestReversal } from '#main/services/reversals/request-reversal.ts';
import type { ReversalState } from '#shared/domain/reversal/state.ts';
import { DAY, HOUR, MINUTE } from '#shared/domain/time.ts';
import { type Fault, posted, spoiled, together, unreached } from '#test/daraja-simulator/fault.ts';
import { codeOf } from '#test/helpers/results.ts';
import { openReversalShop, type ReversalShop } from '#test/helpers/reversal-shop.ts';

const NO_FUNDS = ['1', 'The balance is insufficient for the transaction.'] as const;

/** What the network and Safaricom can do to one reversal, and what is true right after it and in the end. */
const FAULTS: readonly {
  readonly name: string;
  readonly fault: Fault;
  readonly atOnce: ReversalState;
  /** When all that Safaricom posts has come. */
  readonly later: ReversalState;
  /** When a statement has come, too. */
  readonly end: ReversalState;
}[] = [
  {
    name: 'a result that comes at once',
    fault: posted.delayed(0),
    atOnce: 'accepted',
    later: 'done',
    end: 'done',
  },
  {
    name: 'HTTP 503, a page in place of an answer, and nothing done',
    fault: unreached.gatewayPage(),
    atOnce: 'unknown',
    later: 'unknown',
    end: 'unknown',
  },
  {
    name: 'HTTP 500 with a body that says nothing',
    fault: unreached.internalError(),
    atOnce: 'unknown',
    later: 'unknown',
    end: 'unknown',
  },
  {
    name: 'spike arrest',
    fault: unreached.spikeArrest(),
    atOnce: 'unknown',
    later: 'unknown',
    end: 'unknown',
  },
  {
    name: 'an empty body',
    fault: unreached.emptyBody(),
    atOnce: 'unknown',
    later: 'unknown',
    end: 'unknown',
  },
  { name: 'broken JSON', fault: unreached.brokenJson(), atOnce: 'unknown', later: 'unknown', end: 'unknown' },
  {
    name: 'a redirect',
    fault: unreached.redirect('https://elsewhere.example/'),
    atOnce: 'unknown',
    later: 'unknown',
    end: 'unknown',
  },
  { name: 'hung up on', fault: unreached.hungUp(), atOnce: 'unknown', later: 'unknown', end: 'unknown' },
  {
    name: 'a field refused at once',
    fault: unreached.error(400, '400.002.02', 'Bad Request - Invalid Amount'),
    atOnce: 'failed',
    later: 'failed',
    end: 'failed',
  },
  {
    name: 'a token refused in the middle, and not tried again',
    fault: unreached.error(404, '404.001.03', 'Invalid Access Token'),
    atOnce: 'failed',
    later: 'failed',
    end: 'failed',
  },
  {
    name: 'a lost acknowledgement, then the result',
    fault: spoiled.replyLost(),
    atOnce: 'unknown',
    later: 'done',
    end: 'done',
  },
  {
    name: 'an acknowledgement that is cut',
    fault: spoiled.replyCut(),
    atOnce: 'unknown',
    later: 'done',
    end: 'done',
  },
  {
    name: 'HTTP 504 after it was done',
    fault: spoiled.gatewayPage(),
    atOnce: 'unknown',
    later: 'done',
    end: 'done',
  },
  {
    name: 'a lost acknowledgement and no result',
    fault: together(spoiled.replyLost(), posted.silence()),
    atOnce: 'unknown',
    later: 'unknown',
    end: 'done',
  },
  { name: 'no result at all', fault: posted.silence(), atOnce: 'accepted', later: 'unknown', end: 'done' },
  { name: 'a result twice', fault: posted.repeated(2), atOnce: 'accepted', later: 'done', end: 'done' },
  {
    name: 'a result before its acknowledgement',
    fault: posted.beforeAck(),
    atOnce: 'accepted',
    later: 'done',
    end: 'done',
  },
  {
    name: 'Safaricom runs out of time',
    fault: posted.timedOut(),
    atOnce: 'accepted',
    later: 'unknown',
    end: 'done',
  },
  {
    name: 'a result after the time-out',
    fault: posted.answeredAfterTimeout(MINUTE),
    atOnce: 'accepted',
    later: 'done',
    end: 'done',
  },
  {
    name: 'a code of failure with a sentence of success',
    fault: posted.answeredWith('21', 'The service request is processed successfully.'),
    atOnce: 'accepted',
    later: 'unknown',
    end: 'done',
  },
  {
    name: 'a code of success with a sentence of failure',
    fault: posted.contradicting(),
    atOnce: 'accepted',
    later: 'unknown',
    end: 'done',
  },
  {
    name: 'a code that nobody knows',
    fault: posted.answeredWith('R000099', 'Something new'),
    atOnce: 'accepted',
    later: 'unknown',
    end: 'done',
  },
  {
    name: 'a second result that says the opposite',
    fault: posted.contradictedLater(...NO_FUNDS, MINUTE),
    atOnce: 'accepted',
    later: 'unknown',
    end: 'done',
  },
  {
    name: 'sent back before',
    fault: posted.answeredWith('R000001', 'The transaction has already been reversed.'),
    atOnce: 'accepted',
    later: 'already',
    end: 'done',
  },
  {
    name: 'a result with ids of nobody',
    fault: posted.strangeIds('1-2-3', 'AG_1'),
    atOnce: 'accepted',
    later: 'unknown',
    end: 'done',
  },
  {
    name: 'a result about another payment',
    fault: posted.parameterChanged('OriginalTransactionID', 'UKK9999999'),
    atOnce: 'accepted',
    later: 'unknown',
    end: 'done',
  },
  {
    name: 'a result about another amount',
    fault: posted.parameterChanged('Amount', 1),
    atOnce: 'accepted',
    later: 'unknown',
    end: 'done',
  },
];

/** Lets everything arrive that Safaricom posts in the next quarter of an hour, without asking it anything. */
async function waitForAnswers({ shop, collect }: ReversalShop): Promise<void> {
  for (let minute = 0; minute < 4; minute++) {
    await shop.simulator.advance(MINUTE);
    await collect();
  }
}

describe('F16: whatever the network and Safaricom do to the one call', () => {
  test.each(FAULTS)('$name', async ({ fault, atOnce, later, end }) => {
    const reversals = await openReversalShop();
    const { shop, paid, request, approve, watch, row, bringStatement } = reversals;
    const { simulator } = shop;
    const { payment, paymentId } = await paid(1_250_00);
    const id = await request(paymentId);
    simulator.next('reversal', fault);
    expect((await approve(id)).state).toBe(atOnce);
    // Questions are another matter: here nothing answers them.
    simulator.always('status', posted.silence());
    await waitForAnswers(reversals);
    await watch.look();
    expect(row(id).state).toBe(later);
    await simulator.advance(2 * HOUR);
    await bringStatement();
    await watch.look();
    expect(row(id).state).toBe(end);
    // Asked at most once, and sent back at most once, whatever happened.
    expect(simulator.journal.calls('reversal')).toHaveLength(1);
    const isBack = simulator.book.reversalsOf(payment.receipt).length > 0;
    if (end === 'done') expect([isBack, row(id).proof]).toEqual([true, 'file']);
    if (end === 'failed') expect(isBack).toBe(false);
  });

  test('no connection: nothing was sent, and it needs to be approved again', async () => {
    const { shop, paid, request, approval, parts, row, access } = await openReversalShop();
    const { paymentId } = await paid(1_250_00);
    const id = await request(paymentId);
    const offline = {
      ...parts,
      access,
      line: { ...parts.line, send: async () => ({ type: 'not-sent', reason: 'offline' }) as const },
    };
    await approveReversal(offline, approval(id));
    expect(row(id)).toMatchObject({ state: 'requested', approvalHash: null });
    expect(shop.simulator.journal.calls('reversal')).toEqual([]);
  });

  test('a result for a request of nobody changes nothing', async () => {
    const { shop, paid, request, row, collect } = await openReversalShop();
    const { paymentId } = await paid(1_250_00);
    const id = await request(paymentId);
    const target = shop.inbox?.resultTarget('ab'.repeat(16)) ?? '';
    const Result = { ResultCode: 0, ResultDesc: 'The service request is processed successfully.' };
    await shop.relay.deliver(target, JSON.stringify({ Result }));
    await collect();
    expect(row(id).state).toBe('requested');
  });

  test('a result after 48 hours still counts', async () => {
    const { shop, paid, request, approve, collect, watch, row } = await openReversalShop();
    const { paymentId } = await paid(1_250_00);
    const id = await request(paymentId);
    shop.simulator.next('reversal', posted.delayed(2 * DAY));
    shop.simulator.always('status', posted.silence());
    await approve(id);
    await shop.simulator.advance(HOUR);
    await watch.look();
    expect(row(id).state).toBe('unknown');
    await shop.simulator.advance(2 * DAY);
    await collect();
    expect(row(id)).toMatchObject({ state: 'done', proof: 'relay' });
  });
});

describe('what is unknown', () => {
  test('is asked about, again and again and more rarely, and ends by the word Reversed', async () => {
    const { shop, paid, request, approve, collect, watch, row } = await openReversalShop();
    const { simulator } = shop;
    const { paymentId } = await paid(1_250_00);
    const id = await request(paymentId);
    simulator.next('reversal', together(spoiled.replyLost(), posted.silence()));
    await approve(id);
    expect(row(id).state).toBe('unknown');
    await watch.look();
    expect(simulator.journal.calls('status')).toEqual([]);
    await simulator.advance(MINUTE);
    await watch.look();
    await simulator.advance(MINUTE);
    await collect();
    expect(row(id)).toMatchObject({ state: 'done', proof: 'relay' });
    expect(simulator.journal.calls('status')).toHaveLength(1);
    expect(simulator.journal.calls('reversal')).toHaveLength(1);
  });

  test('stays so while Safaricom says Completed, and takes no other request', async () => {
    const { shop, paid, request, approve, collect, watch, row, session } = await openReversalShop();
    const { simulator } = shop;
    const { paymentId } = await paid(1_250_00);
    const id = await request(paymentId);
    simulator.next('reversal', unreached.hungUp());
    await approve(id);
    for (const wait of [MINUTE, 5 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR]) {
      await simulator.advance(wait);
      await collect();
      await watch.look();
      await collect();
      expect(row(id).state).toBe('unknown');
    }
    expect(simulator.journal.calls('status').length).toBeGreaterThan(3);
    expect(simulator.journal.calls('reversal')).toHaveLength(1);
    const again = {
      paymentId,
      amountCents: null,
      method: 'cash',
      reason: 'other',
      note: '',
      saleId: null,
      attachment: null,
    } as const;
    const files = openFileTokens(shop.core.now);
    expect(codeOf(await requestReversal(shop.core, files, session('manager'), again))).toBe(
      'reversal/refused',
    );
  });
});
