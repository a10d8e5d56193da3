import { say } from '#shared/domain/message.ts';
import { MAX_CENTS } from '#shared/domain/money.ts';
import { hidePhones, maskPhone } from '#shared/domain/party.ts';
import { parseReceipt, type Receipt } from '#shared/domain/receipt.ts';
import { addDays, type BusinessDay, type TimePrecision, type UtcMs } from '#shared/domain/time.ts';
import type { Input } from '#shared/ipc/contract.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { ReadDb } from '../db/ledger.ts';
import type { SaleFields } from '../db/queries/edit-sale.ts';
import { selectTills } from '../db/queries/tills.ts';
import { type Core, dayFinder } from './core.ts';

export type TypedFields = Input<'sale:add'>;
/** The part of a sale that a person types. */
export type CheckedFields = Omit<
  SaleFields,
  'status' | 'accountReference' | 'description' | 'typedBy' | 'typedAt' | 'isAfterPayment'
>;

/** M-PESA began in 2007: an earlier day is a slip. */
const FIRST_DAY = '2007-01-01';

/**
 * Checks what a person typed, field by field; the first that is wrong is named. `before` is the sale that is being
 * edited.
 */
export function checkSale(
  core: Core,
  db: ReadDb,
  typed: TypedFields,
  before: SaleFields | null,
): Result<CheckedFields> {
  const receipt = readReceipt(typed.receipt);
  if (!receipt.ok) return receipt;
  const wrong = wrongAmount(typed) ?? wrongTime(core, db, typed, before) ?? wrongTill(db, typed);
  if (wrong) return wrong;
  return succeed({
    tillId: typed.tillId,
    // What the file called the till stands until a person says which it is.
    tillText: before !== null && before.tillId === typed.tillId ? before.tillText : null,
    reference: keepBehindMask(filled(typed.reference), before?.reference, hidePhones),
    tender: typed.tender,
    soldAt: typed.at,
    soldPrecision: precisionOf(typed.at, before),
    day: typed.day,
    amountCents: typed.amountCents,
    kind: typed.kind,
    receipt: receipt.value,
    phone: keepBehindMask(filled(typed.phone), before?.phone, maskPhone),
    customer: keepBehindMask(filled(typed.customer), before?.customer, hidePhones),
    cashier: filled(typed.cashier),
    note: filled(typed.note),
  });
}

/** A window sees phones masked, so a mask that comes back means that what stands behind it is as it was. */
function keepBehindMask(
  typed: string | null,
  before: string | null | undefined,
  mask: (text: string | null) => string | null,
): string | null {
  return before != null && typed === mask(before) ? before : typed;
}

/** A time that is left as it was keeps how exactly its file stated it; a form has no seconds to type. */
function precisionOf(at: UtcMs | null, before: SaleFields | null): TimePrecision {
  if (at === null) return 'day';
  return before !== null && before.soldAt === at ? before.soldPrecision : 'minute';
}

function filled(text: string | null): string | null {
  return text === '' ? null : text;
}

function readReceipt(text: string | null): Result<Receipt | null> {
  if (text === null || text === '') return succeed(null);
  const receipt = parseReceipt(text);
  return receipt === null
    ? fail('ledger/bad-input', say('sale.bad-receipt', { receipt: text }))
    : succeed(receipt);
}

function wrongAmount({ amountCents, kind }: TypedFields) {
  if (Math.abs(amountCents) > MAX_CENTS) return fail('ledger/bad-input', say('sale.amount-too-large'));
  if (kind === 'refund')
    return amountCents < 0 ? null : fail('ledger/bad-input', say('sale.refund-not-negative'));
  return amountCents > 0 ? null : fail('ledger/bad-input', say('sale.amount-not-positive'));
}

function wrongTime(core: Core, db: ReadDb, { at, day }: TypedFields, before: SaleFields | null) {
  if (day !== before?.day && day > lastDay(core, db))
    return fail('ledger/bad-input', say('sale.day-too-late', { day: { day } }));
  if (day < FIRST_DAY) return fail('ledger/bad-input', say('sale.day-too-early', { day: { day } }));
  if (at === null || dayFinder(core)(at) === day) return null;
  return fail('ledger/bad-input', say('sale.time-outside-day', { at: { at }, day: { day } }));
}

/** Tomorrow; the day after the latest payment when the PC's clock is behind it. */
function lastDay(core: Core, db: ReadDb): BusinessDay {
  const today = dayFinder(core)(core.now());
  const latest = db.get<{ day: BusinessDay }>(
    'SELECT business_day AS day FROM live_movements ORDER BY business_day DESC LIMIT 1',
  )?.day;
  return addDays(latest !== undefined && latest > today ? latest : today, 1);
}

function wrongTill(db: ReadDb, { tillId }: TypedFields) {
  if (tillId === null || selectTills(db).some((till) => till.id === tillId)) return null;
  return fail('ledger/bad-input', say('sale.till-unknown'));
}
