import { NativeSelect } from '@mantine/core';
import { useText } from '#renderer/lib/text.tsx';
import { type ColumnMap, SALE_COLUMNS } from '#shared/domain/sales/types.ts';
import { COLUMN_WORDS } from '../sales/sale-words.ts';
import styles from './ColumnMapping.module.css';
import { chooseColumn, type TheirColumn, toSaleColumn } from './column-choices.ts';

type Props = { columns: readonly TheirColumn[]; map: ColumnMap; onChange: (map: ColumnMap) => void };

/** Their headers with a few values each; beside them, what they mean to us. */
export function ColumnList({ columns, map, onChange }: Props) {
  const { t } = useText();
  const options = [
    { value: '', label: t('mapping.leave-out') },
    ...SALE_COLUMNS.map((column) => ({ value: column, label: t(COLUMN_WORDS[column]) })),
  ];
  return (
    <section className={styles.half} aria-label={t('mapping.theirs')}>
      <h3>
        {t('mapping.theirs')} → {t('mapping.ours')}
      </h3>
      {columns.map((column) => {
        const chosen = column.isUsable ? (map[column.header] ?? '') : '';
        const name =
          column.header.trim() === '' ? t('mapping.unnamed', { number: column.place }) : column.header;
        return (
          <div
            key={column.place}
            className={`${styles.column} ${chosen === '' ? '' : (styles.chosen ?? '')}`}
          >
            <div>
              <div className={styles.header}>{name}</div>
              <div className={column.isUsable ? styles.samples : styles.unusable}>
                {column.isUsable
                  ? column.samples.join(' · ') || t('mapping.no-values')
                  : t('mapping.unusable')}
              </div>
            </div>
            <NativeSelect
              size="xs"
              aria-label={t('mapping.meaning-of', { header: name })}
              disabled={!column.isUsable}
              value={chosen}
              data={options}
              onChange={(event) =>
                onChange(chooseColumn(map, column.header, toSaleColumn(event.currentTarget.value)))
              }
            />
          </div>
        );
      })}
    </section>
  );
}
