import type { ReadDb } from '#main/db/ledger.ts';
import { areLastSilent, awaitedOf, ROTATION } from '#main/db/queries/api-calls.ts';
import { readRelayOrigin } from '#main/db/queries/asking.ts';
import { selectCredential } from '#main/db/queries/credentials.ts';
import { ANSWERED_LATER, OPERATOR_OF, type Product } from '#shared/domain/daraja/product.ts';
import { provableSince } from './credential-news.ts';
import type { CannotAsk } from './question.ts';

/** After so many questions in a row that nobody answered, none is put in the background. */
const SILENCES = 2;

/** Products whose body names the relay's addresses. */
export function needsRelay(product: Product): boolean {
  return ANSWERED_LATER.includes(product) || product === 'c2b-register' || product === 'pull-register';
}

export type Wish = {
  readonly product: Product;
  readonly shortCode: string;
  readonly isBackground: boolean;
  /** Name of an operator that is not in use yet and is asked with: how the kept one stands does not matter then. */
  readonly candidate: string | null;
};

/** Why a product must not be asked for now, by what the books say; null when it may. */
export function whyNotAsk(db: ReadDb, wish: Wish): CannotAsk | null {
  const { product, shortCode, isBackground, candidate } = wish;
  const isRotation = candidate !== null;
  const app = selectCredential(db, shortCode, 'app');
  if (app === null) return 'no-app';
  const kind = OPERATOR_OF[product];
  const operator = kind === undefined || isRotation ? null : selectCredential(db, shortCode, kind);
  if (kind !== undefined && !isRotation && operator === null)
    return kind === 'passkey' ? 'no-passkey' : 'no-operator';
  if (app.state === 'refused' || operator?.state === 'refused') return 'credential-refused';
  if (needsRelay(product) && readRelayOrigin(db) === null) return 'no-relay';
  if (!ANSWERED_LATER.includes(product)) return null;
  if (isBackground && areLastSilent(db, shortCode, SILENCES)) return 'silence';
  const tried = candidate ?? (operator?.state === 'untried' ? operator.name : null);
  return tried !== null && isBeingTried(db, tried) ? 'being-tried' : null;
}

/**
 * True while the first answer to an unproved password of this operator is awaited, whichever number was asked about: a
 * wrong one is noticed only when its answer comes, and the third one locks the operator.
 */
export function isBeingTried(db: ReadDb, operator: string): boolean {
  return awaitedOf(db, operator).some(({ product, shortCode, subject, askedAt }) => {
    if (subject.startsWith(ROTATION)) return true;
    const kind = OPERATOR_OF[product];
    const asked = kind === undefined ? null : selectCredential(db, shortCode, kind);
    return asked?.state === 'untried' && askedAt >= provableSince(asked);
  });
}
