import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeSetting } from '#main/db/queries/settings.ts';
import type { Session } from '#main/ipc/session.ts';
import { revealPhone } from '#main/services/reveal-phone.ts';
import { showDetail } from '#main/services/show-detail.ts';
import { type BusinessDay, DAY, HOUR, startOfDay } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { openStaffedShop, type StaffedShop } from '#test/helpers/staffed-shop.ts';

const FILE = `time,amount,reference,phone,customer
2026-03-14 08:00:00,100,FULL,0712345404,ALICE EXAMPLE
2026-03-14 08:05:00,100,BARE,712345405,BRIAN EXAMPLE
2026-03-14 08:10:00,100,NAMED,,call 254112345406
2026-03-14 08:15:00,100,MASKED,0712***407,CAROL EXAMPLE
2026-03-14 08:20:00,100,NONE,,DAN EXAMPLE
`;
const MIDNIGHT = startOfDay('2026-11-20' as BusinessDay);

let staffed: StaffedShop;
let owner: Session;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  staffed = await openStaffedShop();
  await staffed.shop.bringIn('sales.csv', FILE);
  owner = await staffed.signInAs('owner');
});
afterEach(async () => {
  await staffed.shop.close();
  vi.useRealTimers();
});

const saleId = (reference: string) =>
  staffed.shop.core.ledger.read.get<{ id: number }>('SELECT id FROM sales WHERE reference = ?', reference)
    ?.id ?? 0;
const reveal = (reference: string, session = owner) =>
  revealPhone(staffed.shop.core, session, { type: 'sale', id: saleId(reference) });
const entries = () =>
  staffed.shop.core.ledger.read.all<{ staffId: number; subject: string; details: string }>(
    `SELECT staff_id AS staffId, subject, details FROM audit_entries WHERE action = 'phone.revealed' ORDER BY seq`,
  );
function setLimit(limit: string) {
  const { core, actor } = staffed.shop;
  const set = core.ledger.act(actor, 'settings.saved', 'settings', (db) => {
    writeSetting(db, 'reveals-a-day', limit);
    return succeed({ value: undefined, details: {} });
  });
  unwrap(set);
}

describe('revealing a number', () => {
  it.each([
    ['FULL', '0712 345 404', '0712 ••• 404', true],
    ['BARE', '0712 345 405', '0712 ••• 405', true],
    ['NAMED', '0112 345 406', null, true],
  ] as const)('of %s shows %s, masked before and after', (reference, phone, masked, hasFullPhone) => {
    const shown = () => unwrap(showDetail(staffed.shop.core, { type: 'sale', id: saleId(reference) })).sale;
    expect(shown()).toMatchObject({ phone: masked, hasFullPhone });
    expect(unwrap(reveal(reference))).toEqual({ phone, leftToday: 29 });
    expect(shown()).toMatchObject({ phone: masked });
  });

  it.each(['MASKED', 'NONE'])('of %s says that the books have none, and costs nothing', (reference) => {
    const refused = reveal(reference);
    expect(refused).toMatchObject({ ok: false, error: { message: { id: 'privacy.only-masked' } } });
    expect(entries()).toEqual([]);
  });

  it('of something that is not there is refused', () => {
    expect(codeOf(revealPhone(staffed.shop.core, owner, { type: 'payment', id: 4711 }))).toBe(
      'ledger/not-found',
    );
  });

  it('is an entry that names who and what, and never the number', () => {
    unwrap(reveal('FULL'));
    expect(entries()).toEqual([
      { staffId: owner.staffId, subject: `sale:${saleId('FULL')}`, details: '{"type":"sale"}' },
    ]);
  });
});

describe('the daily limit', () => {
  it('counts each time, and refuses without an entry and without the number', () => {
    setLimit('2');
    expect(unwrap(reveal('FULL')).leftToday).toBe(1);
    expect(unwrap(reveal('FULL')).leftToday).toBe(0);
    const refused = reveal('BARE');
    expect(codeOf(refused)).toBe('privacy/limit');
    expect(JSON.stringify(refused)).not.toMatch(/345/);
    expect(entries()).toHaveLength(2);
  });

  it('is 30 unless the shop has set another, and junk sets none', () => {
    setLimit('many');
    for (let n = 0; n < 30; n++) unwrap(reveal('FULL'));
    expect(codeOf(reveal('FULL'))).toBe('privacy/limit');
  });

  it('is each person’s own', async () => {
    setLimit('1');
    unwrap(reveal('FULL'));
    const auditor = await staffed.signInAs('auditor');
    expect(unwrap(reveal('FULL', auditor)).leftToday).toBe(0);
    expect(codeOf(reveal('FULL', auditor))).toBe('privacy/limit');
  });

  it('starts again at midnight in Nairobi', () => {
    setLimit('1');
    const revealAt = (at: number) => {
      vi.setSystemTime(at);
      return codeOf(reveal('FULL'));
    };
    expect(revealAt(MIDNIGHT - 1)).toBe('ok');
    expect(revealAt(MIDNIGHT - HOUR)).toBe('privacy/limit');
    expect(revealAt(MIDNIGHT)).toBe('ok');
    expect(revealAt(MIDNIGHT + DAY - 1)).toBe('privacy/limit');
    expect(revealAt(MIDNIGHT + DAY)).toBe('ok');
  });
});
