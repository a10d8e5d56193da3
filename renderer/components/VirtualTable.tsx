import { Skeleton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type Shortcut, useShortcuts } from '../lib/keyboard.tsx';
import { useText } from '../lib/text.tsx';
import styles from './VirtualTable.module.css';

export type TableColumn<Row> = {
  readonly key: string;
  readonly head: string;
  /** In pixels; the columns without a width share what is left. */
  readonly width?: number;
  readonly isFigure?: boolean;
  /** The one column whose content names the row: it becomes the row's button. */
  readonly isName?: boolean;
  readonly cell: (row: Row) => ReactNode;
};

type Props<Row> = {
  label: string;
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string | number;
  onOpen: (row: Row) => void;
  rowHeight?: number;
  minWidth?: number;
  /** Rows that no longer count are drawn fainter; a word in a cell must say so too. */
  isFaded?: (row: Row) => boolean;
  isPending?: boolean;
  hasMore?: boolean;
  isCut?: boolean;
  /** The end of the list comes into view. */
  onEnd?: () => void;
  /** Further keys that act on the row in focus. */
  rowKeys?: readonly RowKey<Row>[];
  /** Stands below the last row. */
  foot?: ReactNode;
};

/** A key of the row in focus; see `Shortcut`. */
export type RowKey<Row> = Pick<Shortcut, 'keys' | 'label' | 'isOn' | 'isHidden'> & {
  readonly run: (row: Row) => void;
};

const HEAD_HEIGHT = 34;
/** How many rows before its end the next page is asked for. */
const AHEAD = 30;

/** Rows of figures, any number of them: only those in view are drawn, and every one is reachable by key. */
export function VirtualTable<Row>(props: Props<Row>) {
  const {
    label,
    columns,
    rows,
    isPending = false,
    hasMore = false,
    isCut = false,
    rowHeight = 52,
    onEnd,
  } = props;
  const { t } = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: HEAD_HEIGHT,
  });
  const items = virtual.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  const lastShown = last?.index ?? -1;
  useEffect(() => {
    if (hasMore && lastShown >= rows.length - AHEAD) onEnd?.();
  }, [hasMore, lastShown, rows.length, onEnd]);

  const moreKeys = (index: number) =>
    (props.rowKeys ?? []).map(({ run, ...key }) => ({
      ...key,
      run: () => {
        const row = rows[index];
        if (row !== undefined) run(row);
      },
    }));
  const [active, setActive] = useRowKeys(rows.length, moreKeys, (index) => {
    virtual.scrollToIndex(index, { align: 'auto' });
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus(),
    );
  });

  return (
    <div className={styles.scroller} ref={scroller}>
      <table
        className={styles.table}
        aria-label={label}
        aria-rowcount={hasMore ? -1 : rows.length + 1}
        aria-busy={isPending}
        style={{ minWidth: props.minWidth ?? 860 }}
      >
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={column.isFigure === true ? styles.figure : undefined}
                style={column.width === undefined ? {} : { width: column.width }}
              >
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {isPending && <WaitingRows height={rowHeight} columns={columns} />}
          <Space height={first?.start ?? 0} columns={columns.length} />
          {items.map(({ index }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <tr
                key={props.keyOf(row)}
                aria-rowindex={index + 2}
                className={props.isFaded?.(row) === true ? `${styles.row} ${styles.faded}` : styles.row}
                style={{ height: rowHeight }}
              >
                {columns.map((column) => (
                  <td key={column.key} className={column.isFigure === true ? styles.figure : undefined}>
                    {column.isName !== true ? (
                      column.cell(row)
                    ) : (
                      <button
                        type="button"
                        className={styles.open}
                        data-row={index}
                        tabIndex={index === active ? 0 : -1}
                        onFocus={() => setActive(index)}
                        onClick={() => props.onOpen(row)}
                      >
                        {column.cell(row)}
                      </button>
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
          <Space height={virtual.getTotalSize() - (last?.end ?? 0)} columns={columns.length} />
        </tbody>
      </table>
      {hasMore && !isPending && <div className={styles.more}>{t('table.loading-more')}</div>}
      {isCut && <div className={styles.more}>{t('table.too-many')}</div>}
      {props.foot}
    </div>
  );
}

/** The keys that move through the rows. The row in focus is the one that Tab comes back to. */
function useRowKeys(
  count: number,
  moreKeys: (index: number) => readonly Shortcut[],
  focusRow: (index: number) => void,
) {
  const [wanted, setWanted] = useState(-1);
  const active = Math.max(0, Math.min(wanted, count - 1));
  const go = (index: number) => {
    if (count === 0) return;
    const target = Math.max(0, Math.min(index, count - 1));
    setWanted(target);
    focusRow(target);
  };
  useShortcuts('screen', [
    { keys: ['J', 'ArrowDown'], label: 'table.key-next', repeats: true, run: () => go(wanted + 1) },
    { keys: ['K', 'ArrowUp'], label: 'table.key-previous', repeats: true, run: () => go(active - 1) },
    { keys: ['Home'], label: 'table.key-first', run: () => go(0) },
    { keys: ['End'], label: 'table.key-last', run: () => go(count - 1) },
    ...moreKeys(wanted),
  ]);
  return [active, setWanted] as const;
}

/** Stands for the rows that are not drawn. */
function Space({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden className={styles.space} style={{ height }}>
      <td colSpan={columns} />
    </tr>
  );
}

function WaitingRows<Row>({ height, columns }: { height: number; columns: readonly TableColumn<Row>[] }) {
  return Array.from({ length: 8 }, (_, index) => `waiting-${index}`).map((key) => (
    <tr key={key} style={{ height }}>
      {columns.map((column) => (
        <td key={column.key}>
          <Skeleton height={12} width="70%" />
        </td>
      ))}
    </tr>
  ));
}
