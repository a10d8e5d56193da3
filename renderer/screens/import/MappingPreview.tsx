import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { type Text, useText } from '#renderer/lib/text.tsx';
import { type ColumnMap, SALE_COLUMNS, type SaleColumn } from '#shared/domain/sales/types.ts';
import type { SalesPreview } from '#shared/ipc/views.ts';
import { COLUMN_WORDS, KIND_WORDS, STATUS_WORDS, TENDER_WORDS } from '../sales/sale-words.ts';
import styles from './ColumnMapping.module.css';

type PreviewRow = SalesPreview['rows'][number];
type PreviewSale = NonNullable<PreviewRow['sale']>;

/** The first rows, read: what each would become, or why it would be refused. */
export function MappingPreview({ preview, map }: { preview: UseQueryResult<SalesPreview>; map: ColumnMap }) {
  const { t } = useText();
  if (preview.error !== null)
    return <ErrorNotice error={preview.error} onRetry={() => void preview.refetch()} />;
  if (preview.data === undefined) return <Skeleton height={160} m="md" w="auto" />;
  // Its rows cannot be read before the order of its dates is chosen.
  if (preview.data.needsDates.length > 0 && preview.data.rows.length === 0) return null;
  if (preview.data.rows.length === 0) return <p className={styles.note}>{t('mapping.preview-none')}</p>;
  const chosen = new Set(Object.values(map));
  const columns = SALE_COLUMNS.filter((column) => chosen.has(column));
  return (
    <table className={styles.preview} aria-busy={preview.isFetching}>
      <thead>
        <tr>
          <th scope="col">{t('mapping.row')}</th>
          {columns.map((column) => (
            <th key={column} scope="col" className={column === 'amount' ? styles.figure : undefined}>
              {t(COLUMN_WORDS[column])}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {preview.data.rows.map((row) => (
          <Row key={row.row} row={row} columns={columns} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, columns }: { row: PreviewRow; columns: readonly SaleColumn[] }) {
  const text = useText();
  const { sale, problem } = row;
  return (
    <>
      {sale !== null && (
        <tr>
          <td>{row.row}</td>
          {columns.map((column) => (
            <td key={column} className={column === 'amount' ? styles.figure : undefined}>
              {readCell(sale, column, text)}
            </td>
          ))}
        </tr>
      )}
      {problem !== null && (
        <tr>
          <td>{row.row}</td>
          <td colSpan={columns.length} className={styles.problem}>
            <CircleAlert size={14} aria-hidden />
            {text.tell(problem)}
          </td>
        </tr>
      )}
    </>
  );
}

/** One cell as Daftari understood it, in the same words that the Sales screen uses. */
function readCell(sale: PreviewSale, column: SaleColumn, { t, day, time, money }: Text): string {
  switch (column) {
    case 'time':
      return sale.at === null ? day(sale.day) : time(sale.at);
    case 'amount':
      return money(sale.amountCents);
    case 'account':
      return sale.accountReference ?? '';
    case 'status':
      return t(STATUS_WORDS[sale.status]);
    case 'tender':
      return t(TENDER_WORDS[sale.tender]);
    case 'kind':
      return t(KIND_WORDS[sale.kind]);
    default:
      return sale[column] ?? '';
  }
}
