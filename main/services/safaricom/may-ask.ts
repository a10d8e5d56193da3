import type { ReadDb } from '#main/db/ledger.ts';
import { areLastSilent, isAnswerAwaited } from '#main/db/queries/api-calls.ts';
import { readRelayOrigin } from '#main/db/queries/asking.ts';
import { selectCredential } from '#main/db/queries/credentials.ts';
import { ANSWERED_LATER, OPERATOR_OF, PRODUCTS, type Product } from '#shared/domain/daraja/product.ts';
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
  /** With an operator that is not in use yet: how the kept one stands does not matter. */
  readonly isRotation: boolean;
};

/** Why a product must not be asked for now, by what the books say; null when it may. */
export function whyNotAsk(db: ReadDb, wish: Wish): CannotAsk | null {
  const { product, shortCode, isBackground, isRotation } = wish;
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
  if (!isRotation && operator?.state !== 'untried') return null;
  // A wrong password is noticed only when its answer comes, and the third one locks the operator.
  const since = operator === null ? app.setAt : provableSince(operator);
  const products = PRODUCTS.filter((each) => OPERATOR_OF[each] === kind);
  return isAnswerAwaited(db, { shortCode, products, since, isRotation }) ? 'being-tried' : null;
}
