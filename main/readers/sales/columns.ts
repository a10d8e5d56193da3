import { type ColumnMap, SALE_COLUMNS, type SaleColumn } from '#shared/domain/sales/types.ts';
import { normaliseHeader } from '../cells/header.ts';

/** A sale cannot do without these. */
export const REQUIRED_COLUMNS: readonly SaleColumn[] = ['time', 'amount'];

/** What people call our columns. The first that a file has is suggested; a person confirms it. */
const SYNONYMS: Readonly<Record<SaleColumn, readonly string[]>> = {
  time: [
    'time',
    'date',
    'date time',
    'datetime',
    'date and time',
    'sale date',
    'transaction date',
    'order date',
    'created at',
    'sold at',
    'timestamp',
    'tarehe',
    'saa',
  ],
  amount: [
    'amount',
    'total',
    'total collected',
    'total amount',
    'grand total',
    'amount paid',
    'paid',
    'net sales',
    'value',
    'price',
    'kes',
    'ksh',
    'amount (kes)',
    'amount (ksh)',
    'kiasi',
    'jumla',
  ],
  reference: [
    'reference',
    'ref',
    'receipt number',
    'invoice',
    'invoice no',
    'invoice number',
    'order',
    'order ref',
    'order no',
    'order number',
    'sale no',
    'bill no',
    'no',
    'num',
    'number',
  ],
  receipt: [
    'receipt',
    'mpesa code',
    'm-pesa code',
    'mpesa ref',
    'm-pesa ref',
    'mpesa receipt',
    'm-pesa receipt',
    'mpesa',
    'm-pesa',
    'transaction code',
    'transaction id',
    'confirmation code',
    'code',
    'msimbo',
  ],
  phone: [
    'phone',
    'phone number',
    'mobile',
    'customer phone',
    'customer contacts',
    'tel',
    'telephone',
    'simu',
  ],
  customer: ['customer', 'customer name', 'client', 'name', 'mteja'],
  account: ['account', 'account no', 'a/c no', 'account number', 'account reference', 'akaunti'],
  cashier: [
    'cashier',
    'cashier name',
    'served by',
    'staff',
    'responsible',
    'employee',
    'user',
    'sold by',
    'keshia',
  ],
  status: ['status', 'state', 'hali'],
  tender: [
    'tender',
    'payment type',
    'payment method',
    'payment mode',
    'mode of payment',
    'paid by',
    'payment',
    'payments/payment method',
    'malipo',
  ],
  till: ['till', 'till no', 'till number', 'paybill', 'pay bill', 'short code', 'shortcode'],
  kind: ['kind', 'type', 'receipt type', 'transaction type', 'aina'],
  description: ['description', 'item', 'items', 'product', 'details', 'memo', 'particulars', 'bidhaa'],
};

/** The key under which a map is remembered: the same columns in any order and any case share it. */
export function headerShape(headers: readonly string[]): string {
  const names = headers.map(normaliseHeader).filter((name) => name !== '');
  return JSON.stringify([...new Set(names)].sort());
}

/** A first guess at a map, each column of ours at most once; a separate date and time both become `time`. */
export function suggestMap(headers: readonly string[]): ColumnMap {
  const names = headers.map(normaliseHeader);
  const map: Record<string, SaleColumn> = {};
  const taken = new Set<number>();
  for (const column of SALE_COLUMNS) {
    const name = SYNONYMS[column].find((candidate) =>
      names.some((found, at) => found === candidate && !taken.has(at)),
    );
    const index = name === undefined ? -1 : names.findIndex((found, at) => found === name && !taken.has(at));
    if (index === -1) continue;
    taken.add(index);
    map[headers[index] as string] = column;
  }
  const [date, time] = [names.indexOf('date'), names.indexOf('time')];
  if (date !== -1 && time !== -1) {
    map[headers[date] as string] = 'time';
    map[headers[time] as string] = 'time';
  }
  return map;
}

/** Where each of our columns is under a header; `time` may be two columns, a date and a time of day. */
export type SaleColumns = {
  readonly places: ReadonlyMap<SaleColumn, readonly number[]>;
  readonly width: number;
};

export function placeColumns(headers: readonly string[], map: ColumnMap): SaleColumns {
  const byName = new Map(Object.entries(map).map(([header, column]) => [normaliseHeader(header), column]));
  const places = new Map<SaleColumn, number[]>();
  headers.forEach((header, index) => {
    const column = byName.get(normaliseHeader(header));
    if (!column) return;
    const known = places.get(column);
    if (!known) places.set(column, [index]);
    else if (column === 'time' && known.length === 1) known.push(index);
  });
  // A date belongs before its time of day, whatever the order of the columns.
  const time = places.get('time');
  if (time?.length === 2 && normaliseHeader(headers[time[0] as number] ?? '') === 'time') time.reverse();
  let width = headers.length;
  while (width > 0 && (headers[width - 1] as string).trim() === '') width--;
  return { places, width };
}
