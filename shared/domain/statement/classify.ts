import { type Party, parseParty } from '../party.ts';
import { internalLegs } from './account.ts';
import { parseDetails } from './details.ts';
import type { MovementKind, StatementLine } from './types.ts';

/** Raised whenever the rules below change, so that movements classified by older rules can be found. */
export const CLASSIFIER_VERSION = 1;

export type Classification = {
  readonly kind: MovementKind;
  readonly party: Party;
  readonly detailsTemplate: string;
  readonly accountReference: string | null;
};

export type Classifiable = Pick<
  StatementLine,
  'details' | 'direction' | 'reasonType' | 'otherParty' | 'accountReference'
>;

/** What a row of a statement is, and who is on its other side, from Safaricom's own words in it. */
export function classifyLine(line: Classifiable): Classification {
  const parts = parseDetails(line.details);
  return {
    kind: kindOf(parts.phrase.toLowerCase(), (line.reasonType ?? '').toLowerCase(), line),
    party: completeParty(parts.party, line.otherParty),
    detailsTemplate: parts.template,
    accountReference: chooseReference(line.accountReference, parts.accountReference),
  };
}

/** A payment from outside. The words are anchored: they must begin the phrase. */
const CUSTOMER_PAYMENT =
  /^(?:customer |online )?merchant payment(?: online)?(?: received)?$|^merchant payment\b|^small business pay (?:merchant|bill)|^pay bill(?: online)?$|^pay merchant$|^pay utility$|^merchant pay utility received$|^business pay bill\b|^business buy goods$|^(?:customer )?buy goods(?: online)?$|^fsi to (?:pay bill|merchant)\b|^payment received$|^merchant to merchant payment\b|^standing order pay bill|^customer payment\b|^funds received$/;

/** `Reason Type` of payments from outside, for files whose `Details` has another wording. */
const CUSTOMER_REASON =
  /^(?:pay utility(?: with od (?:via stk|online))?|pay bill online|standing order pay bill|pay merchant|customer merchant payment|online merchant payment|(?:customer |business )?buy goods(?: online)?|merchant to merchant payment via api|od payment transfer)$/;

const BUSINESS_PAYMENT =
  /^(?:payment|business payment|salary payment|promotion payment|merchant payment|merchant to merchant payment|merchant pay utility|pay ?bill|pay merchant|pay utility|business pay bill|business buy goods|buy goods|otc buy airtime|b2c payment)\b/;

function kindOf(
  phrase: string,
  reason: string,
  { direction }: Pick<Classifiable, 'direction'>,
): MovementKind {
  if (/\breversal\b|^reversed\b|^cancelled:/.test(phrase)) return 'reversal';
  if (/\bcharges?\b/.test(phrase)) return 'charge';
  if (/\boverdraft\b|\bloan\b/.test(phrase)) {
    return direction === 'in' && !/\brepayment\b|\brepay\b/.test(phrase) ? 'loan' : 'loan-repayment';
  }
  if (
    internalLegs(phrase) ||
    /^(?:organi[sz]ation settlement|real time settlement|funds transfer)\b/.test(phrase)
  ) {
    return 'sweep';
  }
  if (/\bwithdraw(?:al)?\b/.test(phrase)) return 'withdrawal';
  if (direction === 'in' && CUSTOMER_PAYMENT.test(phrase)) return 'customer-payment';
  if (/\breversal\b/.test(reason)) return 'reversal';
  if (direction === 'in') return CUSTOMER_REASON.test(reason) ? 'customer-payment' : 'other';
  return BUSINESS_PAYMENT.test(phrase) || reason === 'business payment to customer'
    ? 'business-payment'
    : 'other';
}

/** `Details` names the payer; `Other Party Info` fills what it leaves out. */
function completeParty(fromDetails: Party, otherParty: string | null): Party {
  const { phone, code, name } = fromDetails;
  if (otherParty === null || code !== null || (phone !== null && name !== null)) return fromDetails;
  const stated = parseParty(otherParty);
  if (phone === null && name === null) return stated;
  return stated.code === null
    ? { phone: phone ?? stated.phone, code: null, name: name ?? stated.name }
    : fromDetails;
}

/**
 * The account column, unless `Details` shows the same digits as the customer typed them: a spreadsheet drops the
 * zeros in front.
 */
function chooseReference(column: string | null, fromDetails: string | null): string | null {
  if (column === null) return fromDetails;
  if (fromDetails === null || !/^\d+$/.test(column) || !/^\d+$/.test(fromDetails)) return column;
  return column.replace(/^0+/, '') === fromDetails.replace(/^0+/, '') ? fromDetails : column;
}
