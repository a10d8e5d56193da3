import { PencilLine } from 'lucide-react';
import { Amount } from '#renderer/components/Amount.tsx';
import { Chip } from '#renderer/components/Chip.tsx';
import type { TableColumn } from '#renderer/components/VirtualTable.tsx';
import { useShownPhone } from '#renderer/lib/reveal.ts';
import { type Text, useText } from '#renderer/lib/text.tsx';
import type { Output } from '#shared/ipc/contract.ts';
import styles from './SalesScreen.module.css';
import { describeSale, isGone } from './sale-state.ts';
import { KIND_WORDS, TENDER_WORDS } from './sale-words.ts';

type Sale = Output<'sale:list'>['sales'][number];

export function listSaleColumns({ t }: Text): TableColumn<Sale>[] {
  return [
    { key: 'time', head: t('sales.time'), width: 130, cell: (sale) => <When sale={sale} /> },
    { key: 'sale', head: t('sales.sale'), isName: true, cell: (sale) => <Name sale={sale} /> },
    { key: 'customer', head: t('sales.customer'), width: 180, cell: (sale) => <Customer sale={sale} /> },
    { key: 'receipt', head: t('sales.receipt'), width: 140, cell: (sale) => sale.receipt ?? '' },
    { key: 'tender', head: t('sales.tender'), width: 120, cell: (sale) => <Tendered sale={sale} /> },
    {
      key: 'amount',
      head: t('sales.amount'),
      width: 130,
      isFigure: true,
      cell: (sale) => <Sum sale={sale} />,
    },
    { key: 'state', head: t('sales.state'), width: 180, cell: (sale) => <State sale={sale} /> },
  ];
}

function When({ sale }: { sale: Sale }) {
  const { t, day, clock } = useText();
  return (
    <>
      <div>
        {sale.at === null ? <span className={styles.fine}>{t('sales.day-only')}</span> : clock(sale.at)}
      </div>
      <div className={styles.fine}>{day(sale.day)}</div>
    </>
  );
}

function Name({ sale }: { sale: Sale }) {
  const { t } = useText();
  const about = [sale.description, sale.cashier, sale.till].filter((word) => word !== null);
  return (
    <>
      <div className={styles.name}>
        <span>{sale.reference ?? <span className={styles.fine}>{t('sales.no-reference')}</span>}</span>
        {sale.typedBy !== null && <TypedMark sale={sale} />}
      </div>
      {about.length > 0 && <div className={styles.fine}>{about.join(' · ')}</div>}
    </>
  );
}

/** A person wrote or changed this sale: it says so wherever it is shown, for ever. */
export function TypedMark({ sale }: { sale: Pick<Sale, 'typedBy' | 'typedAt' | 'isAfterPayment'> }) {
  const { t, time } = useText();
  const by = t('sales.typed-by', {
    by: sale.typedBy ?? '',
    at: sale.typedAt === null ? '' : time(sale.typedAt),
  });
  const words = sale.isAfterPayment ? `${by}, ${t('sales.after-payment')}` : by;
  return (
    <Chip tone={sale.isAfterPayment ? 'open' : 'likely'} icon={PencilLine} title={words}>
      {t('sales.typed')}
      <span className="visually-hidden">: {words}</span>
    </Chip>
  );
}

function Customer({ sale }: { sale: Sale }) {
  const phone = useShownPhone({ type: 'sale', id: sale.id }, sale.phone);
  return (
    <>
      <div>{sale.customer}</div>
      <div className={styles.fine}>{phone}</div>
    </>
  );
}

function Tendered({ sale }: { sale: Sale }) {
  const { t } = useText();
  return (
    <>
      <div>{t(TENDER_WORDS[sale.tender])}</div>
      {sale.kind !== 'sale' && <div className={styles.fine}>{t(KIND_WORDS[sale.kind])}</div>}
    </>
  );
}

function Sum({ sale }: { sale: Sale }) {
  return (
    <span className={isGone(sale) ? styles.struck : undefined}>
      <Amount cents={sale.amountCents} isStrong />
    </span>
  );
}

function State({ sale }: { sale: Sale }) {
  const { t } = useText();
  const { tone, icon, words } = describeSale(sale, sale.isMatched);
  return (
    <Chip tone={tone} icon={icon}>
      {t(words)}
    </Chip>
  );
}
