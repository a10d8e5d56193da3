/** An amount of Kenyan shillings in integer cents. Never a float, never a bare number in a signature. */
export type Cents = number & { readonly __brand: 'Cents' };

export const ZERO = 0 as Cents;

/** The largest amount accepted from outside: KES 10 billion. Anything above is a damaged cell, not a payment. */
export const MAX_CENTS = 1_000_000_000_000 as Cents;

/** Brands an integer number of cents. Throws on a fraction or beyond 2^53: that is a bug, never input. */
export function cents(value: number): Cents {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a whole number of cents: ${value}`);
  return (value === 0 ? 0 : value) as Cents;
}

export function add(a: Cents, b: Cents): Cents {
  return cents(a + b);
}

export function subtract(a: Cents, b: Cents): Cents {
  return cents(a - b);
}

export function sum(amounts: Iterable<Cents>): Cents {
  let total = 0;
  for (const amount of amounts) total += amount;
  return cents(total);
}

/** `123456` → `"1234.56"`: the machine form of the command line and of exports. */
export function toDecimal(amount: Cents): string {
  const sign = amount < 0 ? '-' : '';
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** `123456` → `"1,234.56"`: the form people read, the same in English and Swahili. */
export function toReadable(amount: Cents): string {
  const [whole = '0', fraction = '00'] = toDecimal(amount).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`;
}

export type AmountProblem = 'empty' | 'scientific' | 'not-a-number' | 'too-many-decimals' | 'too-large';
export type ParsedAmount = { ok: true; cents: Cents } | { ok: false; problem: AmountProblem };

const MINUS = /^[-\u2212\u2013]/;
const CURRENCY = /^(?:kes|kshs?|sh)\.?\s*|\s*(?:kes|kshs?)$/i;
/** `1234`, `1234.5`, `1,234.50`, `1 234.50`: a point before the cents, commas or spaces between thousands. */
const POINT = /^(?:\d+|\d{1,3}(?:[,\u00a0\u202f ]\d{3})+)(?:\.(\d*))?$/;
/** `1.234,50`, `1234,50`: a comma before exactly one or two cents, points or spaces between thousands. */
const COMMA = /^(?:\d+|\d{1,3}(?:[.\u00a0\u202f ]\d{3})+),(\d{1,2})$/;

/**
 * Reads an amount as people and spreadsheets write it. `1.23E+05` is refused: the spreadsheet has already
 * thrown digits away. `(50)`, `-50` and the typographic minus are negative.
 */
export function parseAmount(text: string): ParsedAmount {
  let rest = text.trim();
  if (rest === '') return { ok: false, problem: 'empty' };
  let negative = false;
  const inParentheses = /^\((.*)\)$/.exec(rest);
  if (inParentheses) {
    negative = true;
    rest = (inParentheses[1] ?? '').trim();
  }
  rest = rest.replace(CURRENCY, '').trim();
  if (MINUS.test(rest)) {
    negative = !negative || !inParentheses;
    rest = rest.replace(MINUS, '').replace(CURRENCY, '').trim();
  } else if (rest.startsWith('+')) rest = rest.slice(1).trim();
  if (/^\d+(?:[.,]\d+)?e[+-]?\d+$/i.test(rest)) return { ok: false, problem: 'scientific' };
  return digitsToCents(rest, negative);
}

function digitsToCents(rest: string, negative: boolean): ParsedAmount {
  const match = POINT.exec(rest) ?? COMMA.exec(rest);
  if (!match) return { ok: false, problem: 'not-a-number' };
  const fraction = match[1] ?? '';
  if (/[1-9]/.test(fraction.slice(2))) return { ok: false, problem: 'too-many-decimals' };
  const whole = rest
    .slice(0, rest.length - (match[1] === undefined ? 0 : fraction.length + 1))
    .replace(/\D/g, '');
  const value = Number(whole) * 100 + Number(fraction.slice(0, 2).padEnd(2, '0'));
  if (value > MAX_CENTS) return { ok: false, problem: 'too-large' };
  return { ok: true, cents: cents(negative ? -value : value) };
}
