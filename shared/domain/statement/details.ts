import { NOBODY, type Party, parseParty } from '../party.ts';
import { cutText, MAX_DETAILS, MAX_TEXT } from '../text-field.ts';

/**
 * `Details` taken apart. Only `phrase` is Safaricom's own wording: everything after it may hold what a customer
 * typed or is called, and is never searched for meaning.
 */
export type DetailsParts = {
  /** `Pay Bill Online`, `Pay merchant Charge`, `Utility Account to Organization Settlement Account`. */
  readonly phrase: string;
  readonly party: Party;
  /** What the customer typed as account; null when there is no such part or it is empty. */
  readonly accountReference: string | null;
  /** The text without anything personal: `Pay Bill from {party} Acc. {ref}`. */
  readonly template: string;
  /** True when a part was longer than what is kept of it. */
  readonly isCut: boolean;
};

/** Ends the phrase: `from X`, `by X`, or `to X` where X is a number (accounts follow `to` by name). */
const PHRASE_END = /\s(?:from|by|to(?=\s+-?\s*[+\d*]))\s/i;
const ACCOUNT = /\sAcc\.(?:\s|$)/;
const STAFF = /\.?\s*(?:Initiated by operator|Finalised by operator)\b/i;
/** Acts of the organisation's own staff: who follows `by` is not the other side. */
const STAFF_ACT = /\breversal\b|^cancelled:/i;
const CHANNEL = /^(.*?)\s+via\s+(\S+)\s+by\s+\S.*$/;
const PHONE_LIKE = /\+?\b(?:254|0)?[17][\d*]{6,12}\b|\b(?:254|0)[\d*]{7,12}/g;

/** Takes `Details` apart. Never fails: what has no known shape is all phrase, and what is too long to keep is cut. */
export function parseDetails(details: string): DetailsParts {
  const parts = takeApart(details);
  return details.length <= MAX_TEXT ? { ...parts, isCut: false } : cutParts(parts);
}

function cutParts(parts: Whole): DetailsParts {
  const { phrase, party, accountReference, template } = parts;
  const name = party.name === null ? null : cutText(party.name, MAX_TEXT);
  const reference = accountReference === null ? null : cutText(accountReference, MAX_TEXT);
  return {
    phrase,
    party: { ...party, name },
    accountReference: reference,
    template: cutText(template, MAX_DETAILS),
    isCut: name !== party.name || reference !== accountReference,
  };
}

type Whole = Omit<DetailsParts, 'isCut'>;

function takeApart(details: string): Whole {
  const end = PHRASE_END.exec(details);
  if (!end) return bare(details);
  const phrase = details.slice(0, end.index).trim();
  const word = end[0].trim();
  const rest = details.slice(end.index + end[0].length);
  if (word.toLowerCase() === 'by' && STAFF_ACT.test(phrase)) {
    return { phrase, party: NOBODY, accountReference: null, template: `${phrase} by {operator}` };
  }
  const account = ACCOUNT.exec(rest);
  if (account) {
    const [reference, channel] = splitChannel(phrase, rest.slice(account.index + account[0].length).trim());
    const accountPart = reference === '' ? ' Acc.' : ' Acc. {ref}';
    return {
      phrase,
      party: toParty(rest.slice(0, account.index)),
      accountReference: reference === '' ? null : reference,
      template: `${phrase} ${word} {party}${accountPart}${channel}`,
    };
  }
  const staff = STAFF.exec(rest);
  const who = staff ? rest.slice(0, staff.index) : rest;
  const tail = staff ? '. Initiated by {operator}' : '';
  return {
    phrase,
    party: toParty(who),
    accountReference: null,
    template: `${phrase} ${word} {party}${tail}`,
  };
}

function bare(details: string): Whole {
  const phrase = details.trim();
  return { phrase, party: NOBODY, accountReference: null, template: phrase.replace(PHONE_LIKE, '{phone}') };
}

function toParty(text: string): Party {
  return parseParty(text.replace(/^\s*-\s*/, ''));
}

/** Payments that a bank sends name their channel after the account; in a customer's own payment it is typed text. */
function splitChannel(phrase: string, text: string): [reference: string, channel: string] {
  if (!/\b(?:FSI|API|Business)\b/i.test(phrase)) return [text, ''];
  const found = CHANNEL.exec(` ${text}`);
  return found ? [(found[1] ?? '').trim(), ` via ${found[2]} by {operator}`] : [text, ''];
}
