import { cents } from '#shared/domain/money.ts';
import type { BusinessDay, UtcMs } from '#shared/domain/time.ts';
import type { ChannelName, Input } from '#shared/ipc/contract.ts';

const day = '2026-11-20' as BusinessDay;
const scope = { from: day, to: day, tillId: null };
const token = 'a'.repeat(64);
const items = { payments: [1], sales: [2] };
const page = { after: null, limit: 50 };
const sale = {
  reference: 'INV-7',
  at: 1_795_000_000_000 as UtcMs,
  day,
  amountCents: cents(25_000),
  tender: 'mpesa',
  kind: 'sale',
  tillId: null,
  receipt: 'SJK4H7L2QP',
  phone: null,
  customer: null,
  cashier: null,
  note: null,
} as const;

const rule = {
  payment: { by: 'payer-name', text: 'KAMAU HARDWARE' },
  sale: { by: 'customer', text: 'Mzee Njoroge' },
} as const;

/** One right input for every channel. A new channel does not compile until it is added, and so is tested. */
export const validInputs: { readonly [C in ChannelName]: Input<C> } = {
  'app:state': {},
  'settings:save': { language: 'sw' },
  'tills:add': { number: '174379', name: 'Counter', tillId: null },
  'day-start:set': { fromDay: day, minutes: 360 },
  'import:start': { token, kind: 'auto' },
  'import:preview-sales': { token, map: { Total: 'amount' }, dates: null },
  'import:list': { kind: 'statement', ...page },
  'import:show': { importId: 1 },
  'import:problems': { importId: 1, ...page },
  'import:plan-undo': { importId: 1 },
  'import:undo': { importId: 1 },
  'import:check-code': { importId: 1, isChecked: true },
  'job:show': { jobId: 'job-1' },
  'job:list': {},
  'job:cancel': { jobId: 'job-1' },
  'coverage:month': { month: '2026-11', tillId: null },
  'review:list': { state: 'open', after: null },
  'review:decide': { reviewId: 1, decision: 'keep' },
  'reconcile:summary': scope,
  'reconcile:rows': { ...scope, tab: 'todo', search: '', kinds: [], ...page },
  'reconcile:accept': { findingId: 1 },
  'reconcile:accept-all': { ...scope, expectedCount: 3, expectedCents: cents(75_000) },
  'reconcile:reject': { findingId: 1 },
  'reconcile:match': { ...items, note: 'Rounded at the counter' },
  'reconcile:unmatch': { linkId: 1 },
  'reconcile:park': { ...items, note: 'Ask Wanjiru' },
  'reconcile:unpark': items,
  'reconcile:candidates': { ...items, search: '', limit: 50 },
  'reconcile:complete-sum': items,
  'step:list': page,
  'step:undo': { stepId: 1 },
  'ledger:search': { search: 'SJK4', limit: 10 },
  'ledger:show': { type: 'payment', id: 1 },
  'sale:list': { ...scope, search: '', tender: null, typedOnly: false, ...page },
  'sale:add': sale,
  'sale:edit': { saleId: 1, ...sale },
  'rule:list': {},
  'rule:offer': {},
  'rule:save': { ruleId: 1, ...rule, isOn: true, seenContradictions: 0 },
  'rule:move': { ruleId: 1, direction: 'up' },
  'rule:remove': { ruleId: 1 },
  'rule:decline': { ruleId: 1 },
  'rule:dry-run': rule,
  'sale:void': { saleId: 1, note: 'Typed twice' },
};
