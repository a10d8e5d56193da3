import {
  checkAppKeys,
  checkOperatorName,
  checkOperatorPassword,
  checkPasskey,
  checkReadyMade,
  isSameOperator,
  warnOfPassword,
} from '#shared/domain/daraja/credential-input.ts';
import type { CredentialKind } from '#shared/domain/daraja/product.ts';
import type { Message } from '#shared/domain/message.ts';
import { type BusinessDay, parseBusinessDay } from '#shared/domain/time.ts';
import type { Input } from '#shared/ipc/contract.ts';
import type { ShortCodeView } from '#shared/ipc/credential-channels.ts';

export type TypedCredential = Input<'credential:set'>['credential'];

/** Everything that the forms of the four secrets hold while they are open. */
export type CredentialForm = {
  readonly key: string;
  readonly secret: string;
  readonly name: string;
  readonly form: 'plain' | 'ready-made';
  readonly password: string;
  readonly securityCredential: string;
  readonly passkey: string;
  /** As a date field has it: empty = today. */
  readonly since: string;
  readonly acceptsOneOperator: boolean;
};

/** Nothing of an old secret is ever filled in; the name of an operator is none. */
export function emptyForm(name: string | null): CredentialForm {
  return {
    key: '',
    secret: '',
    name: name ?? '',
    form: 'plain',
    password: '',
    securityCredential: '',
    passkey: '',
    since: '',
    acceptsOneOperator: false,
  };
}

/** What is asked of main. */
export function toTyped(kind: CredentialKind, form: CredentialForm): TypedCredential {
  if (kind === 'app') return { kind, key: form.key, secret: form.secret };
  if (kind === 'passkey') return { kind, passkey: form.passkey };
  return {
    kind,
    name: form.name,
    secret:
      form.form === 'plain'
        ? { form: 'plain', password: form.password }
        : { form: 'ready-made', securityCredential: form.securityCredential },
    since: form.since === '' ? null : (parseBusinessDay(form.since) as BusinessDay | null),
    acceptsOneOperator: form.acceptsOneOperator,
  };
}

/** The first thing that is wrong with the form; null when it can be sent. What is still empty is not wrong yet. */
export function problemOf(kind: CredentialKind, form: CredentialForm): Message | null {
  const checks =
    kind === 'app'
      ? [checkAppKeys(form)]
      : kind === 'passkey'
        ? [checkPasskey(form.passkey)]
        : [
            checkOperatorName(form.name),
            form.form === 'plain'
              ? checkOperatorPassword(form.password)
              : checkReadyMade(form.securityCredential),
          ];
  const wrong = checks.find((check) => !check.ok);
  return wrong === undefined || wrong.ok ? null : wrong.problem;
}

export function isComplete(kind: CredentialKind, form: CredentialForm): boolean {
  if (kind === 'app') return form.key.trim() !== '' && form.secret.trim() !== '';
  if (kind === 'passkey') return form.passkey.trim() !== '';
  const secret = form.form === 'plain' ? form.password : form.securityCredential;
  return form.name.trim() !== '' && secret.trim() !== '';
}

/** What Safaricom says about passwords, where this one differs. */
export function warningsOf(kind: CredentialKind, form: CredentialForm): readonly Message[] {
  const isOperator = kind === 'look-up-operator' || kind === 'reversal-operator';
  return isOperator && form.form === 'plain' && form.password !== '' ? warnOfPassword(form.password) : [];
}

/** True when this operator is already named for the other of the two jobs. */
export function isOneForBoth(kind: CredentialKind, form: CredentialForm, code: ShortCodeView): boolean {
  if (kind !== 'look-up-operator' && kind !== 'reversal-operator') return false;
  const other = kind === 'look-up-operator' ? 'reversal-operator' : 'look-up-operator';
  const name = code.credentials[other]?.name;
  return name != null && form.name.trim() !== '' && isSameOperator(name, form.name.trim());
}
