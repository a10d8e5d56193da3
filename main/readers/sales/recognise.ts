import { type ColumnMap, SALE_COLUMNS, type SaleColumn } from '#shared/domain/sales/types.ts';
import { normaliseHeader } from '../cells/header.ts';
import { placeColumns, REQUIRED_COLUMNS, suggestMap } from './columns.ts';
import type { SalesLayoutId } from './types.ts';

export type RecognisedSales = { readonly layout: SalesLayoutId; readonly map: ColumnMap };

const LOYVERSE_MAP: Readonly<Record<string, SaleColumn>> = {
  date: 'time',
  'receipt number': 'reference',
  'receipt type': 'kind',
  'total collected': 'amount',
  'payment type': 'tender',
  'cashier name': 'cashier',
  'customer name': 'customer',
  'customer contacts': 'phone',
  status: 'status',
  description: 'description',
};
const LOYVERSE_TELLING = ['receipt number', 'receipt type', 'total collected', 'payment type'];
/** The list of orders of Odoo's point of sale; the labels of the person at the till changed over its versions. */
const ODOO_MAP: Readonly<Record<string, SaleColumn>> = {
  date: 'time',
  'order ref': 'reference',
  total: 'amount',
  status: 'status',
  customer: 'customer',
  responsible: 'cashier',
  employee: 'cashier',
  user: 'cashier',
  cashier: 'cashier',
  'payments/payment method': 'tender',
  'payments/method': 'tender',
  'payment method': 'tender',
};
const ODOO_NEEDED = ['order ref', 'date', 'total'];
const ODOO_TELLING = ['session', 'point of sale', 'payments/payment method', 'payments / payment method'];
/** What people call these columns in a list of their own; nothing that changes what an amount means. */
const PLAIN_NAMES: readonly SaleColumn[] = ['receipt', 'phone', 'customer', 'cashier', 'description'];
const LOYVERSE_ITEMS = ['receipt number', 'receipt type', 'quantity'];

/** The sales layout whose header a row is; null when a person has to map it. */
export function recogniseSales(cells: readonly string[]): RecognisedSales | null {
  const headers = new Set(cells.map(normaliseHeader));
  if (LOYVERSE_TELLING.every((name) => headers.has(name)) && headers.has('date')) {
    return { layout: 'loyverse-receipts', map: mapBy(cells, (name) => LOYVERSE_MAP[name]) };
  }
  if (ODOO_TELLING.some((name) => headers.has(name)) && ODOO_NEEDED.every((name) => headers.has(name))) {
    return { layout: 'odoo-orders', map: mapBy(cells, (name) => ODOO_MAP[name.replace(/ ?\/ ?/, '/')]) };
  }
  if (headers.has('amount') && (headers.has('time') || headers.has('date')) && !isStatementLike(headers)) {
    const own = new Set<string>(SALE_COLUMNS);
    const map = mapBy(cells, (name) =>
      name === 'date' ? 'time' : own.has(name) ? (name as SaleColumn) : undefined,
    );
    return { layout: 'generic', map: addPlainNames(cells, map) };
  }
  return null;
}

/** The other Loyverse export: a row an item, no payment. */
export function isItemList(cells: readonly string[]): boolean {
  const headers = new Set(cells.map(normaliseHeader));
  return LOYVERSE_ITEMS.every((name) => headers.has(name)) && !headers.has('payment type');
}

/** Whether a row is the header of a sales file that is known without a map. */
export function looksLikeSales(cells: readonly string[]): boolean {
  return recogniseSales(cells) !== null || isItemList(cells);
}

/** Whether a row is the header of a file that a person has mapped before. */
export function fitsMap(cells: readonly string[], map: ColumnMap): boolean {
  const { places } = placeColumns(cells, map);
  return REQUIRED_COLUMNS.every((column) => places.has(column));
}

function isStatementLike(headers: ReadonlySet<string>): boolean {
  return headers.has('withdrawn') || headers.has('paid in');
}

/** A plain list calls the typed code `M-PESA code` and what was sold `Item`: read too, where nothing else is meant. */
function addPlainNames(cells: readonly string[], map: ColumnMap): ColumnMap {
  const taken = new Set(Object.values(map));
  const guesses = Object.entries(suggestMap(cells.filter((header) => !(header in map))));
  const added = guesses.filter(([, column]) => PLAIN_NAMES.includes(column) && !taken.has(column));
  return { ...map, ...Object.fromEntries(added) };
}

function mapBy(cells: readonly string[], columnOf: (name: string) => SaleColumn | undefined): ColumnMap {
  const map: Record<string, SaleColumn> = {};
  for (const header of cells) {
    const column = columnOf(normaliseHeader(header));
    if (column) map[header] = column;
  }
  return map;
}
