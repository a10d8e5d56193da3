import {
  checkAppKeys,
  checkOperatorName,
  checkOperatorPassword,
  checkPasskey,
  checkReadyMade,
} from '#shared/domain/daraja/credential-input.ts';
import type { Message } from '#shared/domain/message.ts';
import { startOfDay, type UtcMs } from '#shared/domain/time.ts';
import type { Input } from '#shared/ipc/contract.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { CredentialForm } from '../../db/queries/credentials.ts';
import { type AppKeys, hideSecret, type OperatorSecret } from '../safaricom/kept-secrets.ts';

export type TypedCredential = Input<'credential:set'>['credential'];

/** A secret that was typed and may be kept. */
export type ReadCredential = {
  readonly name: string | null;
  readonly form: CredentialForm;
  /** When its life began; null = now. */
  readonly since: UtcMs | null;
} & (
  | { readonly kind: 'app'; readonly secret: AppKeys }
  | { readonly kind: 'look-up-operator'; readonly secret: OperatorSecret }
  | { readonly kind: 'reversal-operator'; readonly secret: OperatorSecret }
  | { readonly kind: 'passkey'; readonly secret: { readonly passkey: string } }
);

/** Looks at what was typed. A refusal says what is wrong and never repeats it; nor does the log, from now on. */
export function readCredential(typed: TypedCredential, now: UtcMs): Result<ReadCredential> {
  const read = readTyped(typed, now);
  if (read.ok) hideSecret(read.value.secret);
  return read;
}

function readTyped(typed: TypedCredential, now: UtcMs): Result<ReadCredential> {
  if (typed.kind === 'app') {
    const keys = checkAppKeys(typed);
    const rest = { kind: 'app', name: null, form: 'plain', since: null } as const;
    return keys.ok ? succeed({ ...rest, secret: keys.value }) : refuse(keys.problem);
  }
  if (typed.kind === 'passkey') {
    const passkey = checkPasskey(typed.passkey);
    const rest = { kind: 'passkey', name: null, form: 'plain', since: null } as const;
    return passkey.ok ? succeed({ ...rest, secret: { passkey: passkey.value } }) : refuse(passkey.problem);
  }
  return readOperator(typed, now);
}

type TypedOperator = Exclude<TypedCredential, { kind: 'app' | 'passkey' }>;

function readOperator(typed: TypedOperator, now: UtcMs): Result<ReadCredential> {
  const { kind, secret, since: day } = typed;
  const name = checkOperatorName(typed.name);
  if (!name.ok) return refuse(name.problem);
  // Tomorrow's date, or a clock that was set back: it began now.
  const since = day === null ? null : (Math.min(startOfDay(day), now) as UtcMs);
  const rest = { kind, name: name.value, since } as const;
  if (secret.form === 'plain') {
    const password = checkOperatorPassword(secret.password);
    if (!password.ok) return refuse(password.problem);
    return succeed({ ...rest, form: 'plain', secret: { name: name.value, password: password.value } });
  }
  const ready = checkReadyMade(secret.securityCredential);
  if (!ready.ok) return refuse(ready.problem);
  return succeed({
    ...rest,
    form: 'ready-made',
    secret: { name: name.value, securityCredential: ready.value },
  });
}

function refuse(problem: Message): Result<never> {
  return fail('credential/bad-input', problem);
}
