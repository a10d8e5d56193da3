import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noticePattern } from '#main/services/offer-rule.ts';
import { acceptFinding, matchByHand } from '#main/services/reconcile-acts.ts';
import { declineRule, listRules, moveRule, removeRule, saveRule, showOffer } from '#main/services/rules.ts';
import { showRows } from '#main/services/show-reconcile.ts';
import { tryRule } from '#main/services/try-rule.ts';
import { undoStep } from '#main/services/undo-step.ts';
import type { RuleContent } from '#shared/domain/rules/types.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import type { RuleView } from '#shared/ipc/rule-channels.ts';
import type { ReconcileRow } from '#shared/ipc/views.ts';
import { render } from '#shared/text/render.ts';
import { smallStatement } from '#test/fixtures/small-day.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';

const DAYS = [9, 10, 11, 12, 13].map((day) => String(day).padStart(2, '0'));
const FROM = '2026-03-09' as BusinessDay;
const TO = '2026-03-13' as BusinessDay;

let shop: TestShop;
/** Each day KAMAU HARDWARE pays what Mzee Njoroge bought, and Amina pays her own. */
beforeEach(async () => {
  shop = await openShop();
  for (const [i, day] of DAYS.entries()) {
    const payments = [
      { receipt: `UC${day}DEMO01`, time: '08:00:00', amount: 500 + i, name: 'KAMAU HARDWARE' },
      { receipt: `UC${day}DEMO02`, time: '09:00:00', amount: 720, name: 'AMINA EXAMPLE' },
    ].map((one) => ({ ...one, receipt: one.receipt.slice(0, 10) }));
    const about = { date: `${day}-03-2026`, reportAt: '15-03-2026 07:00:00' };
    await shop.bringIn(`statement-${day}.csv`, smallStatement(payments, about));
    const sales = [
      `2026-03-${day} 08:03:00,${500 + i},N-${day},Mzee Njoroge,Wanjiku`,
      `2026-03-${day} 09:01:00,720,A-${day},Amina,Wanjiku`,
    ];
    await shop.bringIn(`sales-${day}.csv`, ['time,amount,reference,customer,cashier', ...sales].join('\n'));
  }
});
afterEach(async () => {
  await shop.close();
});

function rows(): ReconcileRow[] {
  const page = {
    from: FROM,
    to: TO,
    tillId: null,
    tab: 'all',
    search: '',
    kinds: [],
    after: null,
    limit: 200,
  } as const;
  return unwrap(showRows(shop.core, { ...page, kinds: [] })).rows;
}

function rowOf(reference: string): ReconcileRow {
  const row = rows().find((one) => one.sales.some((sale) => sale.reference === reference));
  if (!row) throw new Error(`no row has ${reference}`);
  return row;
}

const briefly = (reference: string) => {
  const { state, kind, band } = rowOf(reference);
  return `${state} ${kind} ${band}`;
};

/** Joins the day's payment and sale by hand, as the window does. */
function matchDay(day: string) {
  const { payments, sales } = rowOf(`N-${day}`);
  const items = { payments: payments.map(({ id }) => id), sales: sales.map(({ id }) => id), note: '' };
  return noticePattern(shop.core, shop.actor, () => matchByHand(shop.core, shop.actor, items));
}

async function offerOf(days: readonly string[]): Promise<RuleView> {
  for (const day of days) unwrap(await matchDay(day));
  const { offer } = unwrap(showOffer(shop.core));
  if (!offer) throw new Error('nothing was offered');
  return offer;
}

const switchOn = ({ id, payment, sale }: RuleView, more: Partial<RuleContent & { isOn: boolean }> = {}) =>
  saveRule(shop.core, shop.actor, { ruleId: id, payment, sale, isOn: true, seenContradictions: 0, ...more });

function audited(action: string): string[] {
  return shop.core.ledger.read
    .all<{ subject: string; details: string }>(
      'SELECT subject, details FROM audit_entries WHERE action = ?',
      action,
    )
    .map(({ subject, details }) => `${subject} ${details}`);
}

describe('an offer', () => {
  it('comes after the third match by hand, in words, and does nothing by itself', async () => {
    unwrap(await matchDay('09'));
    unwrap(await matchDay('10'));
    expect(unwrap(showOffer(shop.core)).offer).toBeNull();
    const offer = await offerOf(['11']);
    expect(render(offer.words, 'en')).toBe('Payments from KAMAU HARDWARE go with sales to Mzee Njoroge.');
    expect(offer).toMatchObject({ state: 'offered', times: 3 });
    expect(briefly('N-12')).toBe('todo amount-time possible');
    expect(unwrap(listRules(shop.core))).toMatchObject({ rules: [], offers: [{ id: offer.id }] });
  });

  it('counts what a person chose where the program was unsure', async () => {
    for (const day of ['09', '10', '11']) {
      const finding = Number(rowOf(`N-${day}`).key.replace('finding-', ''));
      unwrap(await noticePattern(shop.core, shop.actor, () => acceptFinding(shop.core, shop.actor, finding)));
    }
    expect(unwrap(showOffer(shop.core)).offer?.times).toBe(3);
  });

  it('is made once, and goes when its matches are undone', async () => {
    await offerOf(['09', '10', '11']);
    const last = unwrap(await matchDay('12'));
    expect(audited('rule.offered')).toEqual([
      expect.stringMatching(/^rule:1 .*"state":"offered".*"times":3\}$/),
    ]);
    unwrap(await undoStep(shop.core, shop.actor, last.step.id));
    expect(unwrap(showOffer(shop.core)).offer).not.toBeNull();
    const [first] = shop.core.ledger.read.all<{ id: number }>(
      'SELECT id FROM steps WHERE action = ?',
      'match',
    );
    unwrap(await undoStep(shop.core, shop.actor, first?.id ?? 0));
    expect(unwrap(showOffer(shop.core)).offer).toBeNull();
  });

  it('takes no for an answer until it has happened as often again', async () => {
    const offer = await offerOf(['09', '10', '11']);
    unwrap(declineRule(shop.core, shop.actor, offer.id));
    expect(unwrap(showOffer(shop.core)).offer).toBeNull();
    unwrap(await matchDay('12'));
    unwrap(await matchDay('13'));
    expect(unwrap(showOffer(shop.core)).offer).toBeNull();
    expect(codeOf(declineRule(shop.core, shop.actor, offer.id))).toBe('ledger/changed-meanwhile');
  });
});

describe('a rule that is switched on', () => {
  it('suggests on recent days, and undo puts everything back', async () => {
    const offer = await offerOf(['09', '10', '11']);
    const { step } = unwrap(await switchOn(offer));
    expect(briefly('N-12')).toBe('todo shop-rule likely');
    expect(briefly('N-13')).toBe('todo shop-rule likely');
    expect(render(rowOf('N-12').why, 'en')).toContain('Your rule 1: payments from KAMAU HARDWARE');
    expect(render(step.what, 'en')).toBe('Rule 1 switched on');
    unwrap(await undoStep(shop.core, shop.actor, step.id));
    expect(briefly('N-12')).toBe('todo amount-time possible');
    expect(unwrap(showOffer(shop.core)).offer?.id).toBe(offer.id);
  });

  it('works over a restart', async () => {
    unwrap(await switchOn(await offerOf(['09', '10', '11'])));
    shop = await shop.reopen();
    expect(unwrap(listRules(shop.core)).rules).toMatchObject([{ state: 'active' }]);
    expect(briefly('N-13')).toBe('todo shop-rule likely');
  });

  it('can be switched off, changed and removed, each with its way back', async () => {
    const offer = await offerOf(['09', '10', '11']);
    unwrap(await switchOn(offer));
    const off = unwrap(await switchOn(offer, { isOn: false }));
    expect(briefly('N-12')).toBe('todo amount-time possible');
    unwrap(await undoStep(shop.core, shop.actor, off.step.id));
    expect(briefly('N-12')).toBe('todo shop-rule likely');

    const changed = unwrap(await switchOn(offer, { payment: { by: 'payer-name', text: 'Kamau' } }));
    expect(render(changed.step.what, 'en')).toBe('Rule 1 changed, now rule 2, on');
    expect(unwrap(listRules(shop.core)).rules).toMatchObject([{ id: 2, payment: { text: 'Kamau' } }]);
    expect(render(rowOf('N-12').why, 'en')).toContain('Your rule 2: payments from Kamau go');
    unwrap(await undoStep(shop.core, shop.actor, changed.step.id));
    expect(unwrap(listRules(shop.core)).rules).toMatchObject([{ id: 1, state: 'active' }]);

    const removed = unwrap(await removeRule(shop.core, shop.actor, 1));
    expect(unwrap(listRules(shop.core)).rules).toEqual([]);
    expect(briefly('N-12')).toBe('todo amount-time possible');
    unwrap(await undoStep(shop.core, shop.actor, removed.step.id));
    expect(briefly('N-12')).toBe('todo shop-rule likely');
  });

  it('refuses to undo what a later step built on', async () => {
    const offer = await offerOf(['09', '10', '11']);
    const on = unwrap(await switchOn(offer));
    unwrap(await switchOn(offer, { isOn: false }));
    expect(codeOf(await undoStep(shop.core, shop.actor, on.step.id))).toBe('ledger/not-undoable');
  });

  it('leaves no name in the audit log or in the list of steps', async () => {
    unwrap(await switchOn(await offerOf(['09', '10', '11'])));
    const written = shop.core.ledger.read.all<{ text: string }>(
      'SELECT details AS text FROM audit_entries UNION ALL SELECT what FROM steps UNION ALL SELECT touched FROM steps',
    );
    expect(written.filter(({ text }) => /kamau|njoroge/i.test(text))).toEqual([]);
    expect(audited('reconcile.save-rule')).toHaveLength(1);
    expect(audited('reconcile.save-rule')[0]).toContain('"rules":["1:active:1"]');
  });
});

describe('a dry run', () => {
  it('says what it would have done, what people did, and shows some of it', async () => {
    const { payment, sale } = await offerOf(['09', '10', '11']);
    const trial = unwrap(await tryRule(shop.core, { payment, sale }));
    expect(trial).toMatchObject({
      days: { from: FROM, to: TO },
      wouldMatch: 5,
      agrees: 3,
      contradicts: 0,
      open: 2,
    });
    expect(trial.examples.map(({ verdict, sale: sold }) => `${verdict} ${sold.reference}`)).toEqual([
      'open N-12',
      'open N-13',
      'agrees N-09',
      'agrees N-10',
      'agrees N-11',
    ]);
  });

  it('stands before switching on: what speaks against a rule must have been seen', async () => {
    const offer = await offerOf(['09', '10', '11']);
    // On the 12th Kamau's money was for something else: refused, then told apart by hand.
    const { payments } = rowOf('N-12');
    const other = rowOf('A-12').sales;
    const items = { payments: payments.map(({ id }) => id), sales: other.map(({ id }) => id) };
    unwrap(await matchByHand(shop.core, shop.actor, { ...items, note: 'paid for Amina' }));
    expect(codeOf(await switchOn(offer))).toBe('rule/contradicted');
    expect(unwrap(listRules(shop.core)).rules).toEqual([]);
    const seen = {
      ruleId: offer.id,
      payment: offer.payment,
      sale: offer.sale,
      isOn: true,
      seenContradictions: 1,
    };
    unwrap(await saveRule(shop.core, shop.actor, seen));
    expect(unwrap(listRules(shop.core)).rules).toMatchObject([{ state: 'active' }]);
  });

  it('finds nothing in an empty ledger', async () => {
    const empty = await openShop();
    const rule = {
      payment: { by: 'payer-name', text: 'KAMAU' },
      sale: { by: 'customer', text: 'Njoroge' },
    } as const;
    expect(unwrap(await tryRule(empty.core, rule))).toMatchObject({
      days: null,
      wouldMatch: 0,
      examples: [],
    });
    await empty.close();
  });
});

describe('the list', () => {
  it('keeps its order, moves one place at a time, and refuses doubles and empty words', async () => {
    const offer = await offerOf(['09', '10', '11']);
    unwrap(await switchOn(offer));
    // A second rule, as an offer would have put it there.
    const second = shop.core.ledger.act(shop.actor, 'rule.offered', 'rules', (db) => {
      const { lastId } = db.run(
        `INSERT INTO rules (position, kind, condition, state, from_links, made_at, made_by)
         SELECT 0, kind, ?, 'offered', from_links, made_at, made_by FROM rules WHERE id = ?`,
        JSON.stringify({ payment: offer.payment, sale: { by: 'cashier', text: 'Wanjiku' } }),
        offer.id,
      );
      return { ok: true, value: { value: lastId, details: {} } };
    });
    const id = unwrap(second);
    const cashier = { ruleId: id, payment: offer.payment, sale: { by: 'cashier', text: 'Wanjiku' } } as const;
    unwrap(await saveRule(shop.core, shop.actor, { ...cashier, isOn: false, seenContradictions: 0 }));
    const order = () => unwrap(listRules(shop.core)).rules.map((rule) => rule.id);
    expect(order()).toEqual([1, 2]);
    const moved = unwrap(await moveRule(shop.core, shop.actor, { ruleId: 2, direction: 'up' }));
    expect(order()).toEqual([2, 1]);
    expect(codeOf(await moveRule(shop.core, shop.actor, { ruleId: 2, direction: 'up' }))).toBe(
      'ledger/bad-input',
    );
    unwrap(await undoStep(shop.core, shop.actor, moved.step.id));
    expect(order()).toEqual([1, 2]);
    const double = { ...cashier, sale: offer.sale, isOn: false, seenContradictions: 0 };
    expect(codeOf(await saveRule(shop.core, shop.actor, double))).toBe('ledger/bad-input');
    const empty = {
      ...cashier,
      sale: { by: 'customer', text: '.*' },
      isOn: true,
      seenContradictions: 0,
    } as const;
    expect(codeOf(await saveRule(shop.core, shop.actor, empty))).toBe('ledger/bad-input');
  });

  it('lets nobody but owner and manager undo a change of the rules', async () => {
    const on = unwrap(await switchOn(await offerOf(['09', '10', '11'])));
    const clerk = unwrap(
      shop.core.ledger.act(shop.actor, 'staff.added', 'staff', (db) => {
        const { lastId } = db.run(`INSERT INTO staff (name, role, created_at) VALUES ('Clerk', 'clerk', 0)`);
        return { ok: true, value: { value: lastId, details: {} } };
      }),
    );
    expect(codeOf(await undoStep(shop.core, { staffId: clerk, session: null }, on.step.id))).toBe(
      'ledger/not-undoable',
    );
  });
});
