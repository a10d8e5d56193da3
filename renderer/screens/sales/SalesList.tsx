import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { ReceiptText } from 'lucide-react';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { useImport } from '#renderer/app/import-context.ts';
import { paths } from '#renderer/app/routes.ts';
import { useReveal } from '#renderer/app/use-reveal.ts';
import { Amount } from '#renderer/components/Amount.tsx';
import { EmptyState } from '#renderer/components/EmptyState.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { VirtualTable } from '#renderer/components/VirtualTable.tsx';
import { usePages } from '#renderer/lib/pages.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { Output } from '#shared/ipc/contract.ts';
import { SaleDetail } from './SaleDetail.tsx';
import styles from './SalesScreen.module.css';
import { SalesToolbar } from './SalesToolbar.tsx';
import { listSaleColumns } from './sale-columns.tsx';
import { isGone } from './sale-state.ts';
import { askFor, clearFilters, isNarrowed, type SalesFilters } from './sales-filters.ts';

/** A pause in typing, before the ledger is searched again. */
const SETTLE_MS = 150;
const pickSales = (answer: Output<'sale:list'>) => answer.sales;

type Props = {
  filters: SalesFilters;
  onFilter: (filters: SalesFilters) => void;
  openId: number | null;
  /** Null for whoever may not type sales. */
  onAdd: (() => void) | null;
};

/** The sales of some days, narrowed by till, tender, hand and search, with what they come to. */
export function SalesList({ filters, onFilter, openId, onAdd }: Props) {
  const text = useText();
  const [, navigate] = useLocation();
  const [search] = useDebouncedValue(filters.search, SETTLE_MS);
  const sales = usePages('sale:list', askFor(filters, search), pickSales);
  const columns = useMemo(() => listSaleColumns(text), [text]);
  const reveal = useReveal();
  const isEmpty = sales.error === null && !sales.isPending && sales.rows.length === 0;
  return (
    <div className={styles.list}>
      <SalesToolbar filters={filters} onFilter={onFilter} />
      <Totals total={sales.first?.total ?? null} />
      <div className={styles.body}>
        {sales.error !== null && <ErrorNotice error={sales.error} onRetry={sales.retry} />}
        {isEmpty && <NoSales filters={filters} onFilter={onFilter} onAdd={onAdd} />}
        {sales.error === null && !isEmpty && (
          <VirtualTable
            label={text.t('sales.title')}
            columns={columns}
            rows={sales.rows}
            keyOf={(sale) => sale.id}
            minWidth={1100}
            isFaded={isGone}
            isPending={sales.isPending}
            hasMore={sales.hasMore}
            isCut={sales.isCut}
            onEnd={sales.grow}
            onOpen={(sale) => navigate(`${paths.sales}/list/${sale.id}`)}
            rowKeys={[
              {
                keys: ['V'],
                label: 'privacy.key',
                isOn: reveal.isAllowed,
                isHidden: !reveal.isAllowed,
                run: ({ id, hasFullPhone }) => reveal.run([{ type: 'sale', id, hasFullPhone }]),
              },
            ]}
          />
        )}
      </div>
      <SaleDetail
        saleId={openId}
        isMatched={sales.rows.find((sale) => sale.id === openId)?.isMatched ?? null}
        onClose={() => navigate(`${paths.sales}/list`)}
      />
    </div>
  );
}

function Totals({ total }: { total: Output<'sale:list'>['total'] | null }) {
  const { t, count } = useText();
  return (
    <dl className={styles.totals}>
      <div>
        <dt>{t('sales.total-count')}</dt>
        <dd>{total === null ? '…' : count(total.count)}</dd>
      </div>
      <div>
        <dt>{t('sales.tender-mpesa')}</dt>
        <dd>{total === null ? '…' : <Amount cents={total.mpesaCents} withCurrency />}</dd>
      </div>
      <div>
        <dt>{t('sales.total-other')}</dt>
        <dd>{total === null ? '…' : <Amount cents={total.otherCents} withCurrency />}</dd>
      </div>
      <div>
        <dt>{t('sales.total-refunds')}</dt>
        <dd>{total === null ? '…' : <Amount cents={total.refundCents} withCurrency />}</dd>
      </div>
    </dl>
  );
}

function NoSales({ filters, onFilter, onAdd }: Pick<Props, 'filters' | 'onFilter' | 'onAdd'>) {
  const { t } = useText();
  const { canImport, choose } = useImport();
  if (isNarrowed(filters)) {
    return (
      <EmptyState
        icon={ReceiptText}
        title={t('sales.none-title')}
        actions={
          <Button variant="default" onClick={() => onFilter(clearFilters(filters))}>
            {t('sales.clear-filters')}
          </Button>
        }
      >
        {t('sales.none-text')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={ReceiptText}
      title={t('sales.empty-title')}
      actions={
        <>
          {canImport && <Button onClick={() => choose('sales')}>{t('importing.choose')}</Button>}
          {onAdd !== null && (
            <Button variant="default" onClick={onAdd}>
              {t('sales.add')}
            </Button>
          )}
        </>
      }
    >
      {canImport && t('sales.empty-text')}
    </EmptyState>
  );
}
