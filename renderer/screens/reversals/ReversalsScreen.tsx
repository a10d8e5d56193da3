import { useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { reversalsPath } from '#renderer/app/routes.ts';
import { PageHeader } from '#renderer/components/PageHeader.tsx';
import { useAnswer } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import { ReversalDrawer } from './ReversalDrawer.tsx';
import { ReversalList } from './ReversalList.tsx';
import styles from './Reversals.module.css';
import type { ReversalTab } from './reversal-words.ts';

const TABS: readonly ReversalTab[] = ['waiting', 'open', 'history'];
const TAB_WORDS: Readonly<Record<ReversalTab, string>> = {
  waiting: 'reversals.tab-waiting',
  open: 'reversals.tab-open',
  history: 'reversals.tab-history',
};

/** Money that goes back: what waits for a decision, what is under way, and what became of the rest. */
export function ReversalsScreen() {
  const { t, count } = useText();
  const { id } = useParams<{ id?: string }>();
  const [, navigate] = useLocation();
  const [tab, setTab] = useState<ReversalTab>('waiting');
  const counts = useAnswer('reversal:list', { tab: 'waiting', after: null, limit: 1 }).data?.counts;
  const openId = id !== undefined && /^\d{1,9}$/.test(id) ? Number(id) : null;
  return (
    <div className={styles.screen}>
      <PageHeader title={t('nav.reversals')} sub={t('reversals.subtitle')} />
      <div className={styles.tabs} role="toolbar" aria-label={t('reversals.tabs')}>
        {TABS.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === tab}
            className={each === tab ? `${styles.tab} ${styles.on}` : styles.tab}
            onClick={() => setTab(each)}
          >
            {t(TAB_WORDS[each])}{' '}
            <span className={styles.count}>{counts === undefined ? '' : count(counts[each])}</span>
          </button>
        ))}
        {counts !== undefined && counts.unknown > 0 && (
          <p className={styles.unknown} role="status">
            {t('reversals.unknown', { count: counts.unknown })}
          </p>
        )}
      </div>
      <ReversalList tab={tab} onOpen={(reversal) => navigate(reversalsPath(reversal.id))} />
      <ReversalDrawer reversalId={openId} onClose={() => navigate(reversalsPath())} />
    </div>
  );
}
