import { Modal, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { Keycap } from '#renderer/components/Keycap.tsx';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useAnswer } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { Input } from '#shared/ipc/contract.ts';
import { CandidateList } from './CandidateList.tsx';
import { completeSum } from './complete-sum.ts';
import styles from './MatchDialog.module.css';
import { MatchFooter } from './MatchFooter.tsx';
import { addPicks, listCandidates, type Picks, pickFrom, togglePick } from './picks.ts';
import { itemsOf, type Question } from './question.ts';
import { PaymentSide, SaleSide } from './Sides.tsx';
import { canMatchByHand, readMeter } from './sum-meter.ts';

const MOST_CANDIDATES = 60;

type Props = {
  question: Question;
  onMatch: (input: Input<'reconcile:match'>) => void;
  onClose: () => void;
};

/** Match by hand: one or several payments with one or several sales, until both sides are equal. */
export function MatchDialog({ question, onMatch, onClose }: Props) {
  const { t } = useText();
  const { failed } = useToasts();
  const [picks, setPicks] = useState<Picks>(() => pickFrom(question));
  const [note, setNote] = useState('');
  const [search, setSearch] = useState('');
  const [settledSearch] = useDebouncedValue(search, 120);
  const [suggestion, setSuggestion] = useState<string | null>(null);
  const body = useRef<HTMLDivElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);

  // Near the row that was asked about, not near every pick: the list must not move under the hand.
  const candidates = useAnswer('reconcile:candidates', {
    ...itemsOf(question),
    search: settledSearch.trim(),
    limit: MOST_CANDIDATES,
  });
  const payments = listCandidates(picks.payments, candidates.data?.payments ?? []);
  const sales = listCandidates(picks.sales, candidates.data?.sales ?? []);
  const pickedPayments = [...picks.payments.values()];
  const pickedSales = [...picks.sales.values()];
  const meter = readMeter(pickedPayments, pickedSales);
  const canMatch = canMatchByHand(
    meter,
    { payments: pickedPayments.length, sales: pickedSales.length },
    note,
  );

  function match() {
    if (!canMatch) return;
    onMatch({ payments: [...picks.payments.keys()], sales: [...picks.sales.keys()], note: note.trim() });
  }

  async function suggest() {
    try {
      const { result, found } = await completeSum(picks, { payments, sales });
      if (result === 'unique') setPicks((before) => addPicks(before, found));
      setSuggestion(t('match-dialog.suggested', { result }));
    } catch (error) {
      failed(error);
    }
  }

  useShortcuts('dialog', [
    {
      keys: ['ArrowDown', 'J'],
      label: 'keys.next-candidate',
      repeats: true,
      run: () => moveFocus(body.current, 1),
    },
    {
      keys: ['ArrowUp', 'K'],
      label: 'keys.previous-candidate',
      repeats: true,
      run: () => moveFocus(body.current, -1),
    },
    { keys: ['Enter'], label: 'keys.match-picked', run: match },
    { keys: ['G'], label: 'keys.suggest', run: () => void suggest() },
    { keys: ['/'], label: 'keys.search', run: () => searchRef.current?.focus() },
  ]);

  function onSearchKey(event: KeyboardEvent) {
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    moveFocus(body.current, 1);
  }

  return (
    <Modal
      opened
      onClose={onClose}
      size={1040}
      title={t('match-dialog.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div className={styles.dialog} ref={body}>
        <div className={styles.top}>
          <p className={styles.hint}>{t('match-dialog.words')}</p>
          <TextInput
            ref={searchRef}
            data-autofocus={pickedPayments.length > 0 && pickedSales.length > 0 ? undefined : true}
            size="xs"
            className={styles.search ?? ''}
            maxLength={200}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            onKeyDown={onSearchKey}
            aria-label={t('reconcile.search')}
            placeholder={t('reconcile.search')}
            leftSection={<Search size={15} aria-hidden />}
            rightSection={<Keycap stroke="/" />}
          />
        </div>
        {candidates.error !== null && (
          <ErrorNotice error={candidates.error} onRetry={() => void candidates.refetch()} />
        )}
        <div className={styles.columns}>
          <CandidateList
            title={t('reconcile.column-paid')}
            empty={t('match-dialog.no-payments')}
            isLoading={candidates.isPending}
            items={payments}
            picked={picks.payments}
            onToggle={(payment) => setPicks({ ...picks, payments: togglePick(picks.payments, payment) })}
            render={(payment) => <PaymentSide payments={[payment]} withDay />}
          />
          <CandidateList
            title={t('reconcile.column-sold')}
            empty={t('match-dialog.no-sales')}
            isLoading={candidates.isPending}
            items={sales}
            picked={picks.sales}
            onToggle={(sale) => setPicks({ ...picks, sales: togglePick(picks.sales, sale) })}
            render={(sale) => <SaleSide sales={[sale]} withDay receipt={null} />}
          />
        </div>
        <MatchFooter
          meter={meter}
          counts={{ payments: pickedPayments.length, sales: pickedSales.length }}
          note={note}
          onNote={setNote}
          suggestion={suggestion}
          onSuggest={() => void suggest()}
          canMatch={canMatch}
          onMatch={match}
          onClose={onClose}
        />
      </div>
    </Modal>
  );
}

/** Moves the focus from tick box to tick box, through one column and on into the other. */
function moveFocus(body: HTMLElement | null, steps: 1 | -1): void {
  const boxes = [...(body?.querySelectorAll<HTMLInputElement>('input[type=checkbox]') ?? [])];
  const at = boxes.indexOf(document.activeElement as HTMLInputElement);
  const next = at < 0 ? 0 : Math.max(0, Math.min(at + steps, boxes.length - 1));
  boxes[next]?.focus();
  boxes[next]?.scrollIntoView({ block: 'nearest' });
}
