import { Button, Drawer, Skeleton } from '@mantine/core';
import { Ban, PencilLine } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { PhoneFact } from '#renderer/app/PhoneFact.tsx';
import { reconcilePath } from '#renderer/app/routes.ts';
import { useReveal } from '#renderer/app/use-reveal.ts';
import { Amount } from '#renderer/components/Amount.tsx';
import { Chip } from '#renderer/components/Chip.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useAnswer, useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { Detail, SaleView } from '#shared/ipc/views.ts';
import styles from './SaleDetail.module.css';
import { SaleFormDialog } from './SaleFormDialog.tsx';
import { SaleStory } from './SaleStory.tsx';
import { TypedMark } from './sale-columns.tsx';
import { canBeReconciled, describeSale, isGone } from './sale-state.ts';
import { KIND_WORDS, TENDER_WORDS } from './sale-words.ts';
import { VoidSale } from './VoidSale.tsx';

type Props = {
  saleId: number | null;
  /** As the list says; null when the list does not show this sale, and the state is then left unsaid. */
  isMatched: boolean | null;
  onClose: () => void;
};

/** One sale: all its fields, where it comes from, what happened to it, and the ways to mend it. */
export function SaleDetail({ saleId, isMatched, onClose }: Props) {
  const { t } = useText();
  useShortcuts('dialog', [], saleId !== null);
  return (
    <Drawer
      opened={saleId !== null}
      onClose={onClose}
      size={520}
      title={t('sales.sale')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {saleId !== null && <Loaded key={saleId} saleId={saleId} isMatched={isMatched} />}
    </Drawer>
  );
}

function Loaded({ saleId, isMatched }: { saleId: number; isMatched: boolean | null }) {
  const detail = useAnswer('ledger:show', { type: 'sale', id: saleId });
  if (detail.error !== null)
    return <ErrorNotice error={detail.error} onRetry={() => void detail.refetch()} />;
  const sale = detail.data?.sale ?? null;
  if (detail.data === undefined || sale === null || sale.id !== saleId) return <Skeleton height={320} />;
  return (
    <Described detail={detail.data} sale={sale} isMatched={detail.data.related.length > 0 || isMatched} />
  );
}

type DescribedProps = { detail: Detail; sale: SaleView; isMatched: boolean | null };

function Described({ detail, sale, isMatched }: DescribedProps) {
  const { t } = useText();
  const [, navigate] = useLocation();
  const reveal = useReveal();
  const { id, hasFullPhone } = sale;
  useShortcuts('dialog', [
    {
      keys: ['V'],
      label: 'privacy.key',
      isOn: reveal.isAllowed,
      isHidden: !reveal.isAllowed,
      run: () => reveal.run([{ type: 'sale', id, hasFullPhone }]),
    },
  ]);
  const state = isMatched === null && !isGone(sale) ? null : describeSale(sale, isMatched === true);
  return (
    <div className={styles.detail}>
      <section className={styles.section}>
        <h2>
          {sale.reference === null
            ? t('sales.detail-untitled')
            : t('sales.detail-title', { reference: sale.reference })}
        </h2>
        <div className={styles.amount}>
          <Amount cents={sale.amountCents} withCurrency />
        </div>
        <div className={styles.marks}>
          {state !== null && (
            <Chip tone={state.tone} icon={state.icon}>
              {t(state.words)}
            </Chip>
          )}
          {sale.typedBy !== null && <TypedMark sale={sale} />}
        </div>
        {sale.typedBy !== null && <TypedSentence sale={sale} />}
      </section>
      <Facts sale={sale} />
      <SaleStory detail={detail} />
      <div className={styles.actions}>
        {canBeReconciled(sale, isMatched === true) && (
          <Button size="xs" variant="default" onClick={() => navigate(reconcilePath(sale.day))}>
            {t('sales.open-reconcile')}
          </Button>
        )}
        {!isGone(sale) && <Mend sale={sale} />}
      </div>
    </div>
  );
}

function TypedSentence({ sale }: { sale: SaleView }) {
  const { t, time } = useText();
  const by = t('sales.typed-by', {
    by: sale.typedBy ?? '',
    at: sale.typedAt === null ? '' : time(sale.typedAt),
  });
  return <p className={styles.fine}>{sale.isAfterPayment ? `${by}, ${t('sales.after-payment')}` : by}</p>;
}

function Facts({ sale }: { sale: SaleView }) {
  const { t, day, time } = useText();
  const { id, hasFullPhone } = sale;
  const hasPhone = hasFullPhone || sale.phone !== null;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('sales.time'), sale.at === null ? `${day(sale.day)} (${t('sales.day-only')})` : time(sale.at)],
    [t('sales.tender'), t(TENDER_WORDS[sale.tender])],
    [t('sales.form-kind'), t(KIND_WORDS[sale.kind])],
    [t('sales.receipt'), sale.receipt],
    [t('sales.account-number'), sale.accountReference],
    [t('sales.customer'), sale.customer],
    [
      t('sales.form-phone'),
      hasPhone ? (
        <PhoneFact key="phone" owner={{ type: 'sale', id, hasFullPhone }} masked={sale.phone} />
      ) : null,
    ],
    [t('sales.form-cashier'), sale.cashier],
    [t('app.till'), sale.till],
    [t('mapping.column-description'), sale.description],
  ];
  return (
    <dl className={styles.facts}>
      {facts
        .filter(([, value]) => value !== null && value !== '')
        .map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function Mend({ sale }: { sale: SaleView }) {
  const { t } = useText();
  const { permissions } = useAppState();
  const [doing, setDoing] = useState<'edit' | 'void' | null>(null);
  const canWrite = permissions.includes('sales.write');
  const stop = () => setDoing(null);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        disabled={!canWrite}
        leftSection={<PencilLine size={14} aria-hidden />}
        onClick={() => setDoing('edit')}
      >
        {t('sales.edit')}
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={!canWrite}
        leftSection={<Ban size={14} aria-hidden />}
        onClick={() => setDoing('void')}
      >
        {t('sales.void')}
      </Button>
      <SaleFormDialog isOpen={doing === 'edit'} sale={sale} day={sale.day} tillId={null} onClose={stop} />
      <VoidSale isOpen={doing === 'void'} sale={sale} onClose={stop} />
    </>
  );
}
