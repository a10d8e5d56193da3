import { z } from 'zod';
import { count, environment, id, language, message, text, utcMs } from './fields.ts';

/** A password as it was typed: spaces count, nothing is trimmed. */
export const password = z.string().min(1).max(200);
/** Six digits of the authenticator app, or one of the person's recovery codes for it. */
const secondFactor = text(40).nullable();
const role = z.enum(['owner', 'manager', 'clerk', 'auditor']);
const nothing = z.strictObject({});
const shortCode = z.string().regex(/^\d{4,9}$/);
/** Two of the eight groups of the recovery code, typed to show that it was written down. */
const typedGroups = z
  .array(z.strictObject({ index: z.number().int().min(0).max(7), text: text(10) }))
  .length(2);
const shownCode = z.object({
  /** Eight groups of four; shown once, never asked from main again. */
  groups: z.array(z.string()).length(8),
  /** Which two must be typed. */
  ask: z.array(z.number().int().min(0).max(7)).length(2),
  /** Of the root key that the code makes: stands on the kit and on each close. */
  fingerprint: z.string(),
});
const totpOffer = z.object({ secret: z.string(), uri: z.string() });

/** What the window may show to whoever sits before it, signed in or not. */
export const accessState = z.object({
  /**
   * `first-run`: the books have no people yet. `new-password`: signed in with a password that must be
   * replaced. `locked`: somebody's session waits for the password. `recovery`: the key is gone and the code is asked.
   */
  phase: z.enum(['first-run', 'signed-out', 'new-password', 'locked', 'open', 'recovery']),
  environment,
  host: z.enum(['electron', 'preview']),
  version: z.string(),
  language,
  theme: z.enum(['light', 'dark', 'auto']),
  shopName: z.string(),
  /** Whose session it is, while one is open or locked. */
  person: z
    .object({
      name: z.string(),
      role,
      hasTotp: z.boolean(),
      /** The password was short and the second factor is gone: with it alone no window opens. */
      mustLengthen: z.boolean(),
    })
    .nullable(),
  /** Invented people of the demo, so that anybody can try each role; empty in a real shop. */
  demoPeople: z.array(z.object({ name: z.string(), role, password: z.string() })),
});

const signIn = z.object({ next: z.enum(['open', 'code', 'new-password']) });

export const setupDraft = z.object({
  /** Where to go on. What follows the shop is kept in memory alone, so whoever comes back begins at the owner again. */
  step: z.enum(['shop', 'owner']),
  language,
  shopName: z.string(),
  tills: z.array(z.object({ number: z.string(), name: z.string() })),
  dayStartMinutes: z.number().int().min(0).max(1439),
  statementsFrom: z.enum(['portal', 'email', 'both', 'unknown']),
});

/** Sessions, one's own login, first run and the recovery code. */
export const accessChannels = {
  'access:state': { from: 'main', needs: null, input: nothing, output: accessState },
  'access:sign-in': {
    from: 'main',
    needs: null,
    input: z.strictObject({ name: text(80), password, code: secondFactor }),
    output: signIn,
  },
  /** Replaces the password with which somebody has just signed in, and which will do no longer. */
  'access:choose-password': {
    from: 'main',
    needs: null,
    input: z.strictObject({ password }),
    output: signIn,
  },
  /** Goes on with a locked session. The password alone: the second factor was given when the session began. */
  'access:unlock': {
    from: 'main',
    needs: null,
    input: z.strictObject({ password }),
    output: signIn,
  },
  'access:sign-out': { from: 'main', needs: null, input: nothing, output: nothing },
  'access:lock': { from: 'main', needs: 'account.own', input: nothing, output: nothing },
  /** Somebody moved the mouse or typed: sent at most twice a minute, keeps the session from locking. */
  'access:active': { from: 'main', needs: 'account.own', input: nothing, output: nothing },
  /**
   * The password again, before what must not be done by whoever passes by an open window; and a code of whoever has a
   * second factor (`person.hasTotp`).
   */
  'access:confirm': {
    from: 'main',
    needs: 'account.own',
    input: z.strictObject({ password, code: secondFactor }),
    output: z.object({ until: utcMs }),
  },
  /** What speaks against a password, while it is being typed. Keeps nothing. */
  'password:check': {
    from: 'main',
    needs: null,
    input: z.strictObject({ password: z.string().max(200), name: text(80), hasTotp: z.boolean() }),
    output: z.object({ problems: z.array(message) }),
  },

  'account:show': {
    from: 'main',
    needs: 'account.own',
    input: nothing,
    output: z.object({
      name: z.string(),
      role,
      passwordSetAt: utcMs,
      totpSince: utcMs.nullable(),
      recoveryCodesLeft: count,
      signedInAt: utcMs,
      /** The sign-in before this one; null = there was none. */
      previousSignInAt: utcMs.nullable(),
      otherSessionEndedAt: utcMs.nullable(),
    }),
  },
  'account:change-password': {
    from: 'main',
    needs: 'account.own',
    input: z.strictObject({ current: password, code: secondFactor, password }),
    output: nothing,
  },
  'account:begin-totp': {
    from: 'main',
    needs: 'account.own',
    confirm: true,
    input: nothing,
    output: totpOffer,
  },
  'account:finish-totp': {
    from: 'main',
    needs: 'account.own',
    confirm: true,
    input: z.strictObject({ code: text(10) }),
    output: z.object({ recoveryCodes: z.array(z.string()) }),
  },
  'account:remove-totp': {
    from: 'main',
    needs: 'account.own',
    confirm: true,
    input: nothing,
    output: nothing,
  },
  'account:new-recovery-codes': {
    from: 'main',
    needs: 'account.own',
    confirm: true,
    input: nothing,
    output: z.object({ recoveryCodes: z.array(z.string()) }),
  },

  'setup:show': { from: 'main', needs: null, input: nothing, output: setupDraft },
  'setup:save-shop': {
    from: 'main',
    needs: null,
    input: z.strictObject({
      language,
      shopName: text(80).min(1),
      tills: z.array(z.strictObject({ number: shortCode, name: text(80) })).max(20),
      dayStartMinutes: z.number().int().min(0).max(1439),
      statementsFrom: setupDraft.shape.statementsFrom,
    }),
    output: setupDraft,
  },
  /** Keeps the owner's login in memory only, until `setup:finish`. */
  'setup:make-owner': {
    from: 'main',
    needs: null,
    input: z.strictObject({ name: text(80).min(1), password }),
    output: z.object({ kit: shownCode, totp: totpOffer }),
  },
  /** Everything at once: the owner, the kit and, unless refused in words, the second factor. Opens the window. */
  'setup:finish': {
    from: 'main',
    needs: null,
    input: z.strictObject({
      groups: typedGroups,
      /** The first code of the authenticator app; null only with `refusesTotp`. */
      totpCode: text(10).nullable(),
      refusesTotp: z.boolean(),
    }),
    output: z.object({ recoveryCodes: z.array(z.string()) }),
  },

  /** The key is gone from the keychain: the code opens the books and mends the keychain. */
  'recovery:open': {
    from: 'main',
    needs: null,
    input: z.strictObject({ code: text(80) }),
    output: nothing,
  },
  'recovery:reset-owner': {
    from: 'main',
    needs: null,
    input: z.strictObject({ code: text(80), name: text(80), password }),
    output: nothing,
  },
  'recovery:show': {
    from: 'main',
    needs: 'recovery.write',
    input: nothing,
    output: z.object({ madeAt: utcMs, fingerprint: z.string() }),
  },
  'recovery:make-code': {
    from: 'main',
    needs: 'recovery.write',
    confirm: true,
    input: nothing,
    output: shownCode,
  },
  'recovery:confirm-code': {
    from: 'main',
    needs: 'recovery.write',
    confirm: true,
    input: z.strictObject({ groups: typedGroups }),
    output: nothing,
  },
} as const;

const ofPerson = z.strictObject({ staffId: id });
const startingPassword = z.object({ startingPassword: z.string() });

export const staffMember = z.object({
  id,
  name: z.string(),
  role,
  isActive: z.boolean(),
  isApprover: z.boolean(),
  /** The most this person may approve for one reversal and in one day; null = no cap (the owner). */
  capCents: z.number().int().nullable(),
  dayCapCents: z.number().int().nullable(),
  hasTotp: z.boolean(),
  /** A starting password waits for its one use, or the password is too short without the second factor that is gone. */
  mustChoosePassword: z.boolean(),
  createdAt: utcMs,
  lastSeenAt: utcMs.nullable(),
  openSession: z.object({ startedAt: utcMs, host: z.string() }).nullable(),
});

/** The people of the shop. Nobody is ever deleted. */
export const staffChannels = {
  'staff:list': {
    from: 'main',
    needs: 'staff.read',
    input: nothing,
    output: z.object({ people: z.array(staffMember) }),
  },
  'staff:add': {
    from: 'main',
    needs: 'staff.write',
    confirm: true,
    input: z.strictObject({ name: text(80).min(1), role }),
    output: startingPassword,
  },
  'staff:set-role': {
    from: 'main',
    needs: 'staff.write',
    confirm: true,
    input: z.strictObject({ staffId: id, role }),
    output: nothing,
  },
  'staff:set-active': {
    from: 'main',
    needs: 'staff.write',
    confirm: true,
    input: z.strictObject({ staffId: id, isActive: z.boolean() }),
    output: nothing,
  },
  'staff:reset-password': {
    from: 'main',
    needs: 'staff.write',
    confirm: true,
    input: ofPerson,
    output: startingPassword,
  },
  'staff:reset-totp': { from: 'main', needs: 'staff.write', confirm: true, input: ofPerson, output: nothing },
  'staff:end-sessions': {
    from: 'main',
    needs: 'staff.write',
    confirm: true,
    input: ofPerson,
    output: nothing,
  },
  'staff:set-approver': {
    from: 'main',
    needs: 'staff.write',
    confirm: true,
    input: z.strictObject({
      staffId: id,
      isApprover: z.boolean(),
      capCents: z.number().int().positive().nullable(),
      dayCapCents: z.number().int().positive().nullable(),
      /** The owner has read what is risked when an approver has no second factor; without one nobody becomes it otherwise. */
      refusesTotp: z.boolean(),
    }),
    output: nothing,
  },
} as const;

export type AccessState = z.infer<typeof accessState>;
export type SetupDraft = z.infer<typeof setupDraft>;
export type StaffMember = z.infer<typeof staffMember>;
