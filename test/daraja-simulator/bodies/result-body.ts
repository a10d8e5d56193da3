/** What a result says, before it is known in which of Safaricom's many forms it is written. */
export type ResultParts = {
  readonly type: 0 | 1;
  readonly code: string;
  readonly text: string;
  readonly originatorConversationId: string;
  readonly conversationId: string;
  readonly transactionId: string | null;
  readonly parameters: readonly Pair[];
  readonly references: readonly Pair[];
};

/** A pair without a value is a key that stands alone, as Safaricom writes what is empty. */
export type Pair = { readonly key: string; readonly value?: string | number };

/** How a result is written. Each form was seen or is documented; the defaults are production's. */
export type Shape = {
  /** `0` or `"0"`. A code with a letter is always text. */
  readonly codes: 'number' | 'text';
  /** Amounts and times: `20250117170614` or `"20250117170614"`. */
  readonly values: 'number' | 'text';
  /** A list of one item, or the item itself. */
  readonly oneItem: 'list' | 'object';
  /** 2017: `Originator Conversation ID`. */
  readonly keys: 'today' | '2017';
  readonly wrapper: 'Result' | 'none';
  /** Padded: two blanks after the dash, blanks at the end. Repeated: the portal's own two debit parties, no credit. */
  readonly parties: 'plain' | 'padded' | 'repeated';
};

export const USUAL_SHAPE: Shape = {
  codes: 'number',
  values: 'number',
  oneItem: 'list',
  keys: 'today',
  wrapper: 'Result',
  parties: 'padded',
};

export function writeResult(parts: ResultParts, shape: Shape): unknown {
  const parameters = shapeParties(parts.parameters, shape).map((pair) => writePair(pair, shape));
  const references = parts.references.map((pair) => writePair(pair, shape));
  const [onlyParameter] = parameters;
  const isOne = parameters.length === 1 && shape.oneItem === 'object';
  const result = {
    ResultType: shape.codes === 'number' ? parts.type : String(parts.type),
    ResultCode: writeCode(parts.code, shape),
    ResultDesc: parts.text,
    OriginatorConversationID: parts.originatorConversationId,
    ConversationID: parts.conversationId,
    ...(parts.transactionId === null ? {} : { TransactionID: parts.transactionId }),
    ...(parameters.length === 0
      ? {}
      : { ResultParameters: { ResultParameter: isOne ? onlyParameter : parameters } }),
    // References come as the only one, never as a list of one.
    ...(references.length === 0
      ? {}
      : { ReferenceData: { ReferenceItem: references.length === 1 ? references[0] : references } }),
  };
  return shape.wrapper === 'Result' ? { Result: result } : result;
}

function writeCode(code: string, { codes }: Shape): string | number {
  return codes === 'number' && /^\d+$/.test(code) ? Number(code) : code;
}

function writePair({ key, value }: Pair, shape: Shape): Record<string, unknown> {
  const written = shape.keys === '2017' ? (SPACED[key] ?? key) : key;
  if (value === undefined) return { Key: written };
  return { Key: written, Value: shape.values === 'text' ? textOf(key, value) : value };
}

const SPACED: Readonly<Record<string, string>> = {
  OriginatorConversationID: 'Originator Conversation ID',
  ConversationID: 'Conversation ID',
};

/** Money keeps its cents as text, a time has none. */
function textOf(key: string, value: string | number): string {
  if (typeof value === 'string') return value;
  return /Amount|Charge/.test(key) ? value.toFixed(2) : String(value);
}

const PARTY = /^(?:Debit|Credit)Party(?:Public)?Name$/;

function shapeParties(pairs: readonly Pair[], { parties }: Shape): readonly Pair[] {
  if (parties === 'plain') return pairs;
  if (parties === 'padded') return pairs.map((pair) => (PARTY.test(pair.key) ? padParty(pair) : pair));
  return pairs.map((pair) =>
    PARTY.test(pair.key) ? { ...pair, key: pair.key.replace('Credit', 'Debit') } : pair,
  );
}

function padParty({ key, value }: Pair): Pair {
  return { key, value: `${String(value).replace(' - ', ' -  ')}   ` };
}
