import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { paths, reversalsPath } from '#renderer/app/routes.ts';
import { useAnswer, useAppState } from '#renderer/lib/queries.ts';
import { BalanceStrip } from '../balance/BalanceStrip.tsx';
import { RequestDialog } from '../reversals/RequestDialog.tsx';
import { RuleOffer } from '../rules/RuleOffer.tsx';
import { AcceptAllDialog } from './AcceptAllDialog.tsx';
import { DayFooter } from './DayFooter.tsx';
import { DayHeader } from './DayHeader.tsx';
import { DetailsDrawer } from './DetailsDrawer.tsx';
import { ListArea } from './ListArea.tsx';
import { MatchDialog } from './MatchDialog.tsx';
import { ParkDialog } from './ParkDialog.tsx';
import { paymentsToSendBack } from './question.ts';
import styles from './ReconcileDays.module.css';
import { SessionLog } from './SessionLog.tsx';
import { Toolbar } from './Toolbar.tsx';
import { useAnswers } from './use-answers.ts';
import { type Surfaces, useCommands } from './use-commands.ts';
import { useDayKeys } from './use-day-keys.ts';
import { type RowsFilter, type Tab, useRows } from './use-rows.ts';
import type { ScopeControl } from './use-scope.ts';

/** The work of the chosen days: the header, the list and what opens over it. */
export function ReconcileDays({ control }: { control: ScopeControl }) {
  const { scope } = control;
  const { permissions } = useAppState();
  const mayMatch = permissions.includes('ledger.match');
  const summary = useAnswer('reconcile:summary', scope);
  const { data: rules } = useAnswer('rule:offer', {}, { isEnabled: mayMatch });

  const [tab, setTab] = useState<Tab>('todo');
  const [kinds, setKinds] = useState<readonly string[]>([]);
  const [search, setSearch] = useState('');
  const [settledSearch] = useDebouncedValue(search, 120);
  const filter = useMemo<RowsFilter>(
    () => ({ tab, search: settledSearch.trim(), kinds }),
    [tab, settledSearch, kinds],
  );

  const rows = useRows(scope, filter);
  const answers = useAnswers(rows);
  const [surface, setSurface] = useState<Surfaces>({ open: 'none' });
  const [, navigate] = useLocation();
  const mayLookUp = permissions.includes('payments.look-up');
  const onLookUp = mayLookUp ? (receipt: string) => navigate(`${paths.lookUp}/${receipt}`) : null;
  const onOpenReversal = (id: number) => navigate(reversalsPath(id));
  const commands = useCommands({ rows, answers, mayMatch, onLookUp, onOpenReversal, setSurface });
  const searchRef = useRef<HTMLInputElement>(null);
  const close = () => {
    setSurface({ open: 'none' });
    commands.focusRow();
  };

  const { goToTop, focusRow } = commands;
  const offerId = rules?.offer?.id;
  const offeredBefore = useRef(offerId);
  // The banner that had the focus is gone: back to the row.
  useEffect(() => {
    const hasGone = offeredBefore.current !== undefined && offerId === undefined;
    offeredBefore.current = offerId;
    if (hasGone && document.activeElement === document.body) focusRow();
  }, [offerId, focusRow]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab, filter or search starts at the top
  useEffect(goToTop, [filter, goToTop]);

  const canAcceptAll = mayMatch && (summary.data?.acceptable.count ?? 0) > 0;
  const acceptAll = () => setSurface({ open: 'accept-all' });
  useDayKeys({ control, commands, answers, mayMatch, canAcceptAll, acceptAll, searchRef, setSurface });

  return (
    <div className={styles.screen}>
      <DayHeader control={control} summary={summary.data} mayMatch={mayMatch} onAcceptAll={acceptAll} />
      <div>
        <BalanceStrip tillId={scope.tillId} />
        <Toolbar
          tillId={scope.tillId}
          onTill={control.setTill}
          summary={summary.data}
          tab={tab}
          onTab={setTab}
          kinds={kinds}
          onKinds={setKinds}
          search={search}
          onSearch={setSearch}
          searchRef={searchRef}
          onLeaveSearch={commands.focusRow}
        />
        {rules?.offer && (
          <div className={styles.offer}>
            <RuleOffer key={rules.offer.id} offer={rules.offer} hasKey />
          </div>
        )}
      </div>
      <ListArea
        control={control}
        summary={summary.data}
        summaryError={summary.error}
        filter={filter}
        rows={rows}
        commands={commands}
        mayMatch={mayMatch}
        onShowAll={() => {
          setSearch('');
          setKinds([]);
        }}
        onShowParked={() => setTab('parked')}
      />
      <DayFooter answers={answers} mayMatch={mayMatch} onShowLog={() => setSurface({ open: 'log' })} />
      {surface.open === 'match' && (
        <MatchDialog
          question={surface.question}
          onClose={close}
          onMatch={(input) => commands.answer(surface.question, () => answers.match(surface.question, input))}
        />
      )}
      {surface.open === 'park' && (
        <ParkDialog
          question={surface.question}
          onClose={close}
          onPark={(note) => commands.answer(surface.question, () => answers.park(surface.question, note))}
        />
      )}
      {surface.open === 'accept-all' && summary.data !== undefined && (
        <AcceptAllDialog
          scope={scope}
          acceptable={summary.data.acceptable}
          onClose={close}
          onAccept={answers.acceptAll}
        />
      )}
      {surface.open === 'details' && <DetailsDrawer question={surface.question} onClose={close} />}
      {surface.open === 'reversal' && (
        <RequestDialog payments={paymentsToSendBack(surface.question)} onClose={close} />
      )}
      {surface.open === 'log' && <SessionLog mayUndo={mayMatch} onUndo={answers.undo} onClose={close} />}
    </div>
  );
}
