import { isPersonal } from '#shared/domain/audit/actions.ts';
import type { AuditDetails, AuditValue } from '#shared/domain/audit/entry.ts';
import type { WriteDb } from '../../db/ledger.ts';
import type { SaleFields } from '../../db/queries/edit-sale.ts';
import { seal } from '../../db/queries/sealed.ts';
import { selectTills } from '../../db/queries/tills.ts';

/** A thing as an entry describes it: its fields by the names of `AUDIT_FIELDS`. */
export type Described = Readonly<Record<string, string | number | boolean | null>>;

/**
 * What a change looked like before and after, for the details of its entry: the fields that differ, personal ones
 * sealed under the key of what they are about. Null for a thing that was not there before, or is no more.
 */
export function recordChange(
  db: WriteDb,
  about: string,
  before: Described | null,
  after: Described | null,
): AuditDetails {
  const [was, is] = [before ?? {}, after ?? {}];
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const changed = fields.filter((field) => (was[field] ?? null) !== (is[field] ?? null));
  const keep = (thing: Described): Record<string, AuditValue> =>
    Object.fromEntries(
      changed.flatMap((field) => {
        const value = thing[field] ?? null;
        if (value === null) return [];
        return [[field, isPersonal(field) ? seal(db, about, String(value)) : value]];
      }),
    );
  return { before: before === null ? null : keep(was), after: after === null ? null : keep(is) };
}

/** A sale before and after; null where it does not count. */
export function recordSaleChange(
  db: WriteDb,
  saleId: number,
  before: SaleFields | null,
  after: SaleFields | null,
): AuditDetails {
  const [was, is] = [before && describeSale(db, before), after && describeSale(db, after)];
  return recordChange(db, `sale:${saleId}`, was, is);
}

function describeSale(db: WriteDb, sale: SaleFields): Described {
  const till = selectTills(db).find(({ id }) => id === sale.tillId);
  return {
    reference: sale.reference,
    soldAt: sale.soldAt,
    day: sale.day,
    amountCents: sale.amountCents,
    tender: sale.tender,
    kind: sale.kind,
    status: sale.status,
    receipt: sale.receipt,
    accountReference: sale.accountReference,
    phone: sale.phone,
    customer: sale.customer,
    cashier: sale.cashier,
    description: sale.description,
    note: sale.note,
    till: till?.name ?? sale.tillText,
  };
}
