/** What Safaricom's code says about the request that it answers. A code nobody knows decides nothing. */
export type CodeMeaning =
  | 'done'
  /** The operator, its password, its lock or its rights: the next try may lock it, so there is none. */
  | 'credential-refused'
  | 'already-reversed'
  | 'not-found'
  | 'no-funds'
  /** Safaricom was too busy; asking again later may help. */
  | 'busy'
  | 'refused'
  | 'unknown';

const MEANINGS: Readonly<Record<string, CodeMeaning>> = {
  '0': 'done',
  '1': 'no-funds',
  '11': 'refused',
  '15': 'refused',
  '17': 'refused',
  '18': 'credential-refused',
  '20': 'credential-refused',
  '21': 'credential-refused',
  '22': 'refused',
  '24': 'refused',
  '25': 'refused',
  '26': 'busy',
  '29': 'refused',
  '2001': 'credential-refused',
  '2006': 'refused',
  '2028': 'refused',
  '2032': 'not-found',
  '8006': 'credential-refused',
  R000001: 'already-reversed',
  R000002: 'refused',
  TP40153: 'credential-refused',
  SFC_IC0003: 'refused',
};

/** Gateway codes 100000000 to 100000011: passing trouble, but for bad input (5) and missing rights (10). */
const GATEWAY = /^1000000(?:0[0-46-9]|11)$/;

/** The meaning of a result code of a status, reversal or balance answer, compared as trimmed text. */
export function meaningOf(code: string): CodeMeaning {
  const tidy = code.trim();
  if (/^0+$/.test(tidy)) return 'done';
  if (GATEWAY.test(tidy)) return 'busy';
  return Object.hasOwn(MEANINGS, tidy) ? (MEANINGS[tidy] ?? 'unknown') : 'unknown';
}

const SAYS_SUCCESS = /\b(?:processed|accepted|completed)\s+success|\bsuccess(?:ful|fully)?\b/i;
const SAYS_FAILURE =
  /\b(?:fail(?:ed|ure)?|invalid|insufficient|not\s+(?:exist|allowed|permitted)|denied|declined|rejected|locked|error|cancell?ed|expired|unreachable|no\s+response|time[d-]*\s?out)\b/i;

/** True when the code says one thing and the sentence beside it the opposite: then neither is believed. */
export function contradicts(code: string, text: string | null): boolean {
  return saysOtherwise(meaningOf(code) === 'done', text);
}

function saysOtherwise(isDone: boolean, text: string | null): boolean {
  if (text === null) return false;
  const saysSuccess = SAYS_SUCCESS.test(text) && !/\bun(?:success)/i.test(text);
  const saysFailure = SAYS_FAILURE.test(text) || /\bunsuccess/i.test(text);
  return isDone ? saysFailure && !saysSuccess : saysSuccess && !saysFailure;
}

/** STK push: codes that end the prompt without a payment. */
const STK_FAILED = new Set([
  '1',
  '2',
  '3',
  '4',
  '8',
  '17',
  '1001',
  '1019',
  '1025',
  '1032',
  '1037',
  '2001',
  '2028',
  '8006',
  '9999',
  'SFC_IC0003',
]);

export type StkOutcome = 'completed' | 'failed' | 'pending' | 'unknown';

/** 4999 is undocumented and seen: still under way. */
export function stkOutcome(code: string): StkOutcome {
  const tidy = code.trim();
  if (/^0+$/.test(tidy)) return 'completed';
  if (tidy === '4999') return 'pending';
  return STK_FAILED.has(tidy) ? 'failed' : 'unknown';
}

/** As `contradicts`, for the codes of a prompt. */
export function stkContradicts(code: string, text: string | null): boolean {
  const outcome = stkOutcome(code);
  return (outcome === 'completed' || outcome === 'failed') && saysOtherwise(outcome === 'completed', text);
}
