import { z } from 'zod';
import type { Permission } from '../domain/access/permissions.ts';
import { MAX_CENTS } from '../domain/money.ts';
import { accessChannels, staffChannels } from './access-channels.ts';
import { alertChannels } from './alert-channels.ts';
import { approvalChannels } from './approval-channels.ts';
import { auditChannels } from './audit-channels.ts';
import { balanceChannels } from './balance-channels.ts';
import { callbackChannels } from './callback-channels.ts';
import { certificateChannels, credentialChannels, registrationChannels } from './credential-channels.ts';
import { demoChannels } from './demo-channels.ts';
import { doctorChannels } from './doctor-channels.ts';
import {
  businessDay,
  cents,
  columnMap,
  count,
  cursor,
  dateOrder,
  fileToken,
  id,
  language,
  saleKind,
  scope,
  tender,
  text,
  utcMs,
} from './fields.ts';
import { lookUpChannels } from './look-up-channels.ts';
import { pullChannels } from './pull-channels.ts';
import { reconcileChannels } from './reconcile-channels.ts';
import { relayChannels } from './relay-channels.ts';
import { reversalChannels } from './reversal-channels.ts';
import { ruleChannels } from './rule-channels.ts';
import * as view from './views.ts';

/** The windows that may call. A channel names exactly one. */
export type WindowName = 'main' | 'approval';

type Channel = {
  readonly from: WindowName;
  /** `null` = answered before anybody is signed in. */
  readonly needs: Permission | null;
  /** Asks for the password again, unless it was given within the last minutes. */
  readonly confirm?: true;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
};

const nothing = z.strictObject({});
const done = z.object({ step: view.step });

const saleFields = {
  reference: text(100).nullable(),
  at: utcMs.nullable(),
  day: businessDay,
  amountCents: cents,
  tender,
  kind: saleKind,
  tillId: id.nullable(),
  receipt: text(20).nullable(),
  phone: text(20).nullable(),
  customer: text(120).nullable(),
  cashier: text(80).nullable(),
  note: text(300).nullable(),
};

/** Every request a window can make: who may ask, what goes in, what comes out. Names are `noun:verb`. */
export const contract = {
  'app:state': { from: 'main', needs: 'ledger.read', input: nothing, output: view.appState },
  'settings:save': {
    from: 'main',
    needs: 'settings.write',
    input: z.strictObject({
      language: language.optional(),
      theme: z.enum(['light', 'dark', 'auto']).optional(),
      shopName: text(80).optional(),
      askAboveCents: cents.refine((amount) => amount >= 0 && amount <= MAX_CENTS).optional(),
    }),
    output: view.appState,
  },
  'day-start:set': {
    from: 'main',
    needs: 'settings.write',
    /** From this day on the business day begins so many minutes after midnight in Nairobi. */
    input: z.strictObject({ fromDay: businessDay, minutes: z.number().int().min(0).max(1439) }),
    output: view.appState,
  },
  'tills:add': {
    from: 'main',
    needs: 'tills.write',
    input: z.strictObject({ number: z.string().regex(/^\d{4,9}$/), name: text(80), tillId: id.nullable() }),
    output: z.object({ tills: z.array(view.till) }),
  },

  'import:start': {
    from: 'main',
    needs: 'ledger.import',
    input: z.strictObject({
      token: fileToken,
      kind: z.enum(['auto', 'statement', 'sales']),
      shortCode: z
        .string()
        .regex(/^\d{4,9}$/)
        .optional(),
      dates: dateOrder.optional(),
      map: columnMap.optional(),
      /** Opens a locked PDF; used once, kept nowhere. Spaces count. */
      password: z.string().min(1).max(200).optional(),
    }),
    output: view.job,
  },
  'import:preview-sales': {
    from: 'main',
    needs: 'ledger.import',
    input: z.strictObject({ token: fileToken, map: columnMap, dates: dateOrder.nullable() }),
    output: view.salesPreview,
  },
  'import:list': {
    from: 'main',
    needs: 'ledger.read',
    input: z.strictObject({
      kind: z.enum(['statement', 'sales']),
      after: cursor.nullable(),
      limit: z.number().int().min(1).max(200),
    }),
    output: z.object({ imports: z.array(view.importView), next: cursor.nullable() }),
  },
  'import:show': {
    from: 'main',
    needs: 'ledger.read',
    input: z.strictObject({ importId: id }),
    output: view.importView,
  },
  'import:problems': {
    from: 'main',
    needs: 'ledger.read',
    input: z.strictObject({
      importId: id,
      after: cursor.nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    output: z.object({ problems: z.array(view.rowProblem), next: cursor.nullable() }),
  },
  'import:plan-undo': {
    from: 'main',
    needs: 'ledger.read',
    input: z.strictObject({ importId: id }),
    output: view.undoPlan,
  },
  'import:undo': {
    from: 'main',
    needs: 'ledger.undo-import',
    input: z.strictObject({ importId: id }),
    output: view.job,
  },
  'import:check-code': {
    from: 'main',
    needs: 'settings.write',
    input: z.strictObject({ importId: id, isChecked: z.boolean() }),
    output: view.importView,
  },
  'job:show': {
    from: 'main',
    needs: 'ledger.read',
    input: z.strictObject({ jobId: text(40) }),
    output: view.job,
  },
  'job:list': {
    from: 'main',
    needs: 'ledger.read',
    input: nothing,
    output: z.object({ jobs: z.array(view.job) }),
  },
  'job:cancel': {
    from: 'main',
    needs: 'ledger.import',
    input: z.strictObject({ jobId: text(40) }),
    output: view.job,
  },

  'coverage:month': {
    from: 'main',
    needs: 'ledger.read',
    input: z.strictObject({ month: z.string().regex(/^\d{4}-\d{2}$/), tillId: id.nullable() }),
    output: z.object({ days: z.array(view.coverageDay) }),
  },
  'review:list': {
    from: 'main',
    needs: 'ledger.read',
    input: z.strictObject({ state: z.enum(['open', 'all']), after: cursor.nullable() }),
    output: z.object({ reviews: z.array(view.review), next: cursor.nullable() }),
  },
  'review:decide': {
    from: 'main',
    needs: 'ledger.match',
    input: z.strictObject({ reviewId: id, decision: z.enum(['keep', 'apply']) }),
    output: done,
  },

  ...reconcileChannels,

  'ledger:search': {
    from: 'main',
    needs: 'ledger.read',
    input: z.strictObject({ search: text(200), limit: z.number().int().min(1).max(50) }),
    output: z.object({ hits: z.array(view.searchHit) }),
  },
  'ledger:show': {
    from: 'main',
    needs: 'ledger.read',
    input: z.strictObject({ type: z.enum(['payment', 'sale']), id }),
    output: view.detail,
  },
  'sale:list': {
    from: 'main',
    needs: 'ledger.read',
    input: z.strictObject({
      ...scope,
      search: text(200),
      tender: tender.nullable(),
      typedOnly: z.boolean(),
      after: cursor.nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    output: z.object({
      sales: z.array(view.sale.extend({ rowKey: z.string().nullable(), isMatched: z.boolean() })),
      next: cursor.nullable(),
      total: z.object({ count, mpesaCents: cents, otherCents: cents, refundCents: cents }),
    }),
  },
  'sale:add': { from: 'main', needs: 'sales.write', input: z.strictObject(saleFields), output: done },
  'sale:edit': {
    from: 'main',
    needs: 'sales.write',
    input: z.strictObject({ saleId: id, ...saleFields }),
    output: done,
  },
  'sale:void': {
    from: 'main',
    needs: 'sales.write',
    input: z.strictObject({ saleId: id, note: text(300).min(3) }),
    output: done,
  },
  ...ruleChannels,
  ...accessChannels,
  ...staffChannels,
  ...auditChannels,
  ...alertChannels,
  ...relayChannels,
  ...callbackChannels,
  ...lookUpChannels,
  ...pullChannels,
  ...demoChannels,
  ...doctorChannels,
  ...balanceChannels,
  ...reversalChannels,
  ...approvalChannels,
  ...credentialChannels,
  ...certificateChannels,
  ...registrationChannels,
} as const satisfies Record<string, Channel>;

export type Contract = typeof contract;
export type ChannelName = keyof Contract;
export type Input<C extends ChannelName> = z.infer<Contract[C]['input']>;
export type Output<C extends ChannelName> = z.infer<Contract[C]['output']>;

export { type EventName, events, type Payload } from './window-events.ts';
