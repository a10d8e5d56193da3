import { say } from '#shared/domain/message.ts';
import { cents, ZERO } from '#shared/domain/money.ts';
import { type BusinessDay, MINUTE, startOfDay, type UtcMs } from '#shared/domain/time.ts';
import type { PaymentView, ReconcileRow, SaleView } from '#shared/ipc/views.ts';

const DAY = '2026-11-19' as BusinessDay;
const NOON = (startOfDay(DAY) + 720 * MINUTE) as UtcMs;

/** A customer's payment as the window sees it; `amount` in shillings. */
export function inventPayment(id: number, amount: number): PaymentView {
  return {
    id,
    receipt: `UKJ000000${id}`,
    at: NOON,
    precision: 'second',
    day: DAY,
    amountCents: cents(amount * 100),
    direction: 'in',
    kind: 'customer-payment',
    status: 'completed',
    phone: '0712 ••• 404',
    hasFullPhone: false,
    name: 'ALICE EXAMPLE',
    accountReference: null,
    till: '1234567',
    account: 'Merchant Account',
    isUndone: false,
    standing: 'settled',
    reversal: null,
  };
}

/** A sale as the window sees it; `amount` in shillings. */
export function inventSale(id: number, amount: number): SaleView {
  return {
    id,
    reference: `S-${id}`,
    at: NOON,
    day: DAY,
    amountCents: cents(amount * 100),
    tender: 'mpesa',
    kind: 'sale',
    status: 'closed',
    receipt: null,
    accountReference: null,
    phone: null,
    hasFullPhone: false,
    customer: null,
    cashier: null,
    till: null,
    description: null,
    typedBy: null,
    typedAt: null,
    isAfterPayment: false,
    isUndone: false,
  };
}

/** A proposal to do, unless `parts` say otherwise. */
export function inventRow(key: string, parts: Partial<ReconcileRow>): ReconcileRow {
  return {
    key,
    cursor: key,
    state: 'todo',
    type: 'proposal',
    kind: 'same-receipt',
    linkKind: 'sale',
    band: 'likely',
    alternatives: 1,
    ambiguityGroup: null,
    options: [],
    why: say('match.by-hand'),
    at: NOON,
    day: DAY,
    payments: [],
    sales: [],
    differenceCents: ZERO,
    how: null,
    madeBy: null,
    parked: null,
    ...parts,
  };
}
