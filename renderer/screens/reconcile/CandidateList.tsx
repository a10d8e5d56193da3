import { Checkbox, Skeleton } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import styles from './MatchDialog.module.css';

type Props<T extends { readonly id: number }> = {
  title: string;
  empty: string;
  isLoading: boolean;
  items: readonly T[];
  picked: ReadonlyMap<number, T>;
  onToggle: (item: T) => void;
  render: (item: T) => ReactNode;
};

/** One side of the match-by-hand dialog: what may be picked. */
export function CandidateList<T extends { readonly id: number }>(props: Props<T>) {
  const listId = useId();
  const { title, empty, isLoading, items, picked, onToggle, render } = props;
  return (
    <section className={styles.column} aria-label={title}>
      <h3>{title}</h3>
      <ul className={styles.list}>
        {isLoading && <Skeleton height={48} animate={false} />}
        {!isLoading && items.length === 0 && <li className={styles.empty}>{empty}</li>}
        {items.map((item) => (
          <li key={item.id}>
            <label
              htmlFor={`${listId}-${item.id}`}
              className={picked.has(item.id) ? `${styles.item} ${styles.picked}` : styles.item}
            >
              <Checkbox
                id={`${listId}-${item.id}`}
                checked={picked.has(item.id)}
                onChange={() => onToggle(item)}
                size="sm"
              />
              {render(item)}
            </label>
          </li>
        ))}
      </ul>
    </section>
  );
}
