import { z } from 'zod';
import { MAX_PASTED } from '../domain/daraja/credential-input.ts';
import { businessDay, count, environment, fileToken, message, utcMs } from './fields.ts';

const nothing = z.strictObject({});
const shortCode = z.string().regex(/^\d{4,9}$/);
const kind = z.enum(['app', 'look-up-operator', 'reversal-operator', 'passkey']);
/** As it was typed or pasted: what is wrong with it is said by the service, in words. */
const typed = z.string().max(MAX_PASTED);

const operator = {
  name: typed,
  secret: z.discriminatedUnion('form', [
    z.strictObject({ form: z.literal('plain'), password: typed }),
    z.strictObject({ form: z.literal('ready-made'), securityCredential: typed }),
  ]),
  /** The day on which Safaricom took the password; null = today. */
  since: businessDay.nullable(),
  /** True only where the owner has read what one operator for looking up and for sending back means. */
  acceptsOneOperator: z.boolean(),
};
const app = z.strictObject({ kind: z.literal('app'), key: typed, secret: typed });
const lookUpOperator = z.strictObject({ kind: z.literal('look-up-operator'), ...operator });
const credential = z.discriminatedUnion('kind', [
  app,
  lookUpOperator,
  z.strictObject({ kind: z.literal('reversal-operator'), ...operator }),
  z.strictObject({ kind: z.literal('passkey'), passkey: typed }),
]);
const ofCredential = z.strictObject({ shortCode, kind });

/** What is known of a secret. The secret itself never leaves main. */
export const credentialView = z.object({
  name: z.string().nullable(),
  form: z.enum(['plain', 'ready-made']),
  setAt: utcMs,
  setBy: z.string(),
  dueAt: utcMs,
  /** Whole days since it began, and until it is due; less than none once it is over. */
  days: count,
  left: z.number().int(),
  standing: z.enum(['fresh', 'due-soon', 'overdue']),
  state: z.enum(['untried', 'working', 'refused']),
  stateAt: utcMs.nullable(),
  why: message.nullable(),
  /** Whether the keychain really has it: after moving to another PC it does not. */
  kept: z.enum(['yes', 'no', 'cannot-look']),
  /** Other numbers that speak with the same operator or keys: a refusal stops it for all, mending it is for one. */
  sharedWith: z.array(z.string()),
});

const names = z.array(z.string());
export const shortCodeView = z.object({
  shortCode: z.string(),
  till: z.string(),
  credentials: z.object({
    app: credentialView.nullable(),
    'look-up-operator': credentialView.nullable(),
    'reversal-operator': credentialView.nullable(),
    passkey: credentialView.nullable(),
  }),
  /** One operator looks up and sends back: whoever has this Windows account needs no approver. */
  sharesOperator: z.boolean(),
  /** For whom the reversal operator opens, and what the others still have to do. */
  sealing: z.object({
    to: z.array(z.object({ name: z.string(), at: utcMs })),
    signInOnce: names,
    typeAgain: names,
  }),
});
const credentialList = z.object({ environment, codes: z.array(shortCodeView) });

/** How the new secret stands that was typed and is not in use yet. */
export const rotationView = z.object({
  /** `gone`: too old, or Daftari was started again; it must be typed anew. */
  step: z.enum(['gone', 'typed', 'asked', 'good', 'refused', 'no-answer', 'cannot-check']),
  why: message.nullable(),
  at: utcMs.nullable(),
});

/** The credentials of each short code. Every change asks for the password again. */
export const credentialChannels = {
  'credential:list': { from: 'main', needs: 'safaricom.read', input: nothing, output: credentialList },
  'credential:set': {
    from: 'main',
    needs: 'safaricom.write',
    confirm: true,
    input: z.strictObject({ shortCode, credential }),
    output: nothing,
  },
  'credential:remove': {
    from: 'main',
    needs: 'safaricom.write',
    confirm: true,
    input: ofCredential,
    /** False where the books have forgotten it and the keychain would not. */
    output: z.object({ isGone: z.boolean() }),
  },
  /** "I have mended it with Safaricom": what was refused may be tried again. */
  'credential:retry': {
    from: 'main',
    needs: 'safaricom.write',
    confirm: true,
    input: ofCredential,
    output: nothing,
  },
  /** A new secret, kept in memory alone until it is put into use. */
  'credential:rotate': {
    from: 'main',
    needs: 'safaricom.write',
    confirm: true,
    input: z.strictObject({ shortCode, credential: z.discriminatedUnion('kind', [app, lookUpOperator]) }),
    output: rotationView,
  },
  /** Asks Safaricom once with the new secret. */
  'credential:rotate-check': {
    from: 'main',
    needs: 'safaricom.write',
    confirm: true,
    input: ofCredential,
    output: rotationView,
  },
  'credential:rotate-show': {
    from: 'main',
    needs: 'safaricom.read',
    input: ofCredential,
    output: rotationView,
  },
  /** Puts the new secret in the place of the old one. */
  'credential:rotate-finish': {
    from: 'main',
    needs: 'safaricom.write',
    confirm: true,
    input: ofCredential,
    output: nothing,
  },
  /** Forgets the new secret. It changes nothing that is in use, so nobody has to prove who they are. */
  'credential:rotate-cancel': {
    from: 'main',
    needs: 'safaricom.write',
    input: ofCredential,
    output: nothing,
  },
} as const;

export const certificateView = z.object({
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  /** These four are null where a public key alone was loaded: it states none of them. */
  subject: z.string().nullable(),
  issuer: z.string().nullable(),
  from: utcMs.nullable(),
  to: utcMs.nullable(),
  bits: count,
  /** Which environment this very certificate is known to belong to; null = nobody has said. */
  knownFor: z.enum(['sandbox', 'production']).nullable(),
  origin: z.enum(['shipped', 'loaded']),
  loadedAt: utcMs.nullable(),
  loadedBy: z.string().nullable(),
  isUsed: z.boolean(),
});
const certificateList = z.object({ certificates: z.array(certificateView) });

/** The public key that operators' passwords are encrypted with. */
export const certificateChannels = {
  'certificate:list': { from: 'main', needs: 'safaricom.read', input: nothing, output: certificateList },
  /** A certificate or a public key in a file, PEM or DER, as the host admitted it; it is used from then on. */
  'certificate:load': {
    from: 'main',
    needs: 'safaricom.write',
    confirm: true,
    input: z.strictObject({ token: fileToken }),
    output: certificateList,
  },
  'certificate:use': {
    from: 'main',
    needs: 'safaricom.write',
    confirm: true,
    /** Null = the one that came with Daftari. */
    input: z.strictObject({
      fingerprint: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .nullable(),
    }),
    output: certificateList,
  },
} as const;

export const registrationView = z.object({
  shortCode: z.string(),
  kind: z.enum(['pull', 'c2b']),
  state: z.enum(['registered', 'elsewhere', 'unknown']),
  at: utcMs,
  by: z.string(),
  /** The relay that the addresses point to, or the last digits of the nominated number. */
  details: z.string(),
});
const registrationList = z.object({
  registrations: z.array(registrationView),
  /** Where C2B notices would go; null before a relay is paired. */
  relay: z.string().nullable(),
});
/** How asking ended, and how the registration stands now. */
const registered = z.object({
  outcome: z.enum(['registered', 'elsewhere', 'refused', 'not-sent', 'lost', 'cannot-ask']),
  why: message.nullable(),
});

/** What Safaricom is told once for a short code. */
export const registrationChannels = {
  'registration:list': { from: 'main', needs: 'safaricom.read', input: nothing, output: registrationList },
  'registration:pull': {
    from: 'main',
    needs: 'safaricom.write',
    confirm: true,
    input: z.strictObject({ shortCode, nominatedNumber: z.string().max(30) }),
    output: registered,
  },
  'registration:notices': {
    from: 'main',
    needs: 'safaricom.write',
    confirm: true,
    /** What the person ticked: no other system needs the addresses, and production takes them once. */
    input: z.strictObject({ shortCode, isAware: z.literal(true) }),
    output: registered,
  },
} as const;

export type CredentialView = z.infer<typeof credentialView>;
export type ShortCodeView = z.infer<typeof shortCodeView>;
export type CredentialList = z.infer<typeof credentialList>;
export type RotationView = z.infer<typeof rotationView>;
export type CertificateView = z.infer<typeof certificateView>;
export type RegistrationView = z.infer<typeof registrationView>;
