import { Button, Group, Modal, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { ask } from '#renderer/lib/api.ts';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { Input } from '#shared/ipc/contract.ts';
import type { ReconcileRow, ReconcileSummary } from '#shared/ipc/views.ts';
import styles from './Dialogs.module.css';
import { PaymentSide, SaleSide } from './Sides.tsx';
import type { Scope } from './use-scope.ts';

/** Rows shown in the preview; the sum above it always covers all. */
const MOST_SHOWN = 200;
const PAGE_ROWS = 500;

type Props = {
  scope: Scope;
  acceptable: ReconcileSummary['acceptable'];
  onAccept: (input: Input<'reconcile:accept-all'>) => Promise<boolean>;
  onClose: () => void;
};

/** What "accept all" would do, before it does it. One undo takes it all back. */
export function AcceptAllDialog({ scope, acceptable, onAccept, onClose }: Props) {
  const { t } = useText();
  // What the person saw when the dialog opened is what is accepted, or nothing.
  const [seen] = useState(acceptable);
  const [isBusy, setIsBusy] = useState(false);
  const preview = useQuery({
    queryKey: ['reconcile:rows', 'acceptable', scope],
    queryFn: () => collectAcceptable(scope, Math.min(seen.count, MOST_SHOWN)),
  });
  useShortcuts('dialog', []);

  async function accept() {
    setIsBusy(true);
    await onAccept({ ...scope, expectedCount: seen.count, expectedCents: seen.cents });
    onClose();
  }

  const shown = preview.data ?? [];
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('reconcile.accept-all-title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div className={styles.form}>
        <div>
          <p className={styles.total}>
            {t('reconcile.accept-all-total', { count: seen.count, amount: { money: seen.cents } })}
          </p>
          <p className={styles.soft}>{t('reconcile.accept-all-words')}</p>
        </div>
        {preview.isError && <ErrorNotice error={preview.error} onRetry={() => void preview.refetch()} />}
        {preview.isPending && <Skeleton height={240} animate={false} />}
        {preview.isSuccess && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
          <ul className={styles.list} tabIndex={0} aria-label={t('reconcile.accept-all-list')}>
            {shown.map((row) => (
              <AcceptableRow key={row.key} row={row} withDay={scope.from !== scope.to} />
            ))}
          </ul>
        )}
        {seen.count > shown.length && preview.isSuccess && (
          <p className={styles.soft}>
            {t('reconcile.accept-all-more', { count: seen.count - shown.length })}
          </p>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button data-autofocus loading={isBusy} onClick={() => void accept()}>
            {t('reconcile.accept-all', { count: seen.count, amount: { money: seen.cents } })}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}

function AcceptableRow({ row, withDay }: { row: ReconcileRow; withDay: boolean }) {
  const { tell } = useText();
  return (
    <li>
      <PaymentSide payments={row.payments} withDay={withDay} />
      <SaleSide sales={row.sales} withDay={withDay} receipt={row.payments[0]?.receipt ?? null} />
      <span className={styles.reason}>{tell(row.why)}</span>
    </li>
  );
}

/** Bulk accept takes payments for sales that are likely or surer and have one answer. */
function isAcceptable(row: ReconcileRow): boolean {
  const isClear = row.band !== 'possible' && row.ambiguityGroup === null;
  return row.type === 'proposal' && row.linkKind === 'sale' && isClear;
}

async function collectAcceptable(scope: Scope, most: number): Promise<ReconcileRow[]> {
  const found: ReconcileRow[] = [];
  let after: string | null = null;
  do {
    const filter = { tab: 'todo', search: '', kinds: [], limit: PAGE_ROWS } as const;
    const page: { rows: ReconcileRow[]; next: string | null } = await ask('reconcile:rows', {
      ...scope,
      ...filter,
      kinds: [],
      after,
    });
    found.push(...page.rows.filter(isAcceptable));
    after = page.next;
  } while (after !== null && found.length < most);
  return found.slice(0, most);
}
