import { z } from 'zod';
import type { Permission } from '../domain/access/permissions.ts';
import type { WindowName } from './contract.ts';
import { id } from './fields.ts';
import { JOB_PERMISSIONS } from './job-access.ts';
import * as view from './views.ts';

type DeclaredEvent = {
  readonly to: WindowName;
  readonly needs: Permission | null;
  /** What one payload asks for beyond `needs`. */
  readonly alsoNeeds?: (payload: never) => Permission;
  readonly payload: z.ZodType;
};

/** What main tells a window without being asked. */
export const events = {
  'job:progress': {
    to: 'main',
    needs: 'ledger.read',
    alsoNeeds: (job: view.Job): Permission => JOB_PERMISSIONS[job.kind].see,
    payload: view.job,
  },
  'ledger:changed': {
    to: 'main',
    needs: 'ledger.read',
    payload: z.object({
      areas: z.array(
        z.enum([
          'imports',
          'matches',
          'sales',
          'settings',
          'reviews',
          'rules',
          'staff',
          'audit',
          /** Set-up, calls, relay, doctor. */
          'safaricom',
          'callbacks',
          'look-ups',
          'balances',
          'alerts',
          'reversals',
        ]),
      ),
    }),
  },
  /** The session of this window is over or locked: the page shows the log-in and forgets what it showed. */
  'session:ended': {
    to: 'main',
    needs: null,
    payload: z.object({
      /** `locked` = by the person's own hand. */
      reason: z.enum([
        'idle',
        'too-long',
        'elsewhere',
        'by-owner',
        'changed',
        'suspended',
        'locked',
        'signed-out',
      ]),
      isLocked: z.boolean(),
    }),
  },
  /** What the approval window shows is no longer so: it asks again. */
  'approval:changed': { to: 'approval', needs: null, payload: z.object({}) },
  /** A question to answer, or an alert to read. */
  'alert:raised': {
    to: 'main',
    needs: 'ledger.read',
    payload: z.union([z.object({ reviewId: id }), z.object({ alertId: id })]),
  },
} as const satisfies Record<string, DeclaredEvent>;

export type EventName = keyof typeof events;
export type Payload<E extends EventName> = z.infer<(typeof events)[E]['payload']>;
