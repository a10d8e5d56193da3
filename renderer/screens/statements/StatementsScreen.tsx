import { Button, Tabs } from '@mantine/core';
import { CalendarDays, FileDown, FileSpreadsheet, ListChecks } from 'lucide-react';
import { useLocation, useParams } from 'wouter';
import { useImport } from '#renderer/app/import-context.ts';
import { paths } from '#renderer/app/routes.ts';
import { Keycap } from '#renderer/components/Keycap.tsx';
import { PageHeader } from '#renderer/components/PageHeader.tsx';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import { CoverageCalendar } from './CoverageCalendar.tsx';
import { ImportedFiles } from './ImportedFiles.tsx';
import { readImportId } from './paths.ts';
import { Reviews } from './Reviews.tsx';
import styles from './StatementsScreen.module.css';

const TABS = ['files', 'calendar', 'reviews'] as const;

/** What Safaricom says was paid: the files that say so, the days they cover, and what does not fit. */
export function StatementsScreen() {
  const { t, count } = useText();
  const { reviews } = useAppState();
  const { canImport, choose } = useImport();
  const params = useParams<{ tab?: string; id?: string }>();
  const [, navigate] = useLocation();
  const tab = TABS.find((name) => name === params.tab) ?? 'files';
  return (
    <div className={styles.screen}>
      <PageHeader
        title={t('statements.title')}
        sub={t('statements.subtitle')}
        actions={
          canImport && (
            <Button
              size="xs"
              leftSection={<FileDown size={16} aria-hidden />}
              rightSection={<Keycap stroke="Ctrl+O" />}
              onClick={() => choose('statement')}
            >
              {t('importing.choose')}
            </Button>
          )
        }
      />
      <Tabs
        className={styles.tabs ?? ''}
        value={tab}
        onChange={(name) => navigate(`${paths.statements}/${name ?? 'files'}`)}
      >
        <Tabs.List>
          <Tabs.Tab value="files" leftSection={<FileSpreadsheet size={16} aria-hidden />}>
            {t('statements.tab-files')}
          </Tabs.Tab>
          <Tabs.Tab value="calendar" leftSection={<CalendarDays size={16} aria-hidden />}>
            {t('statements.tab-calendar')}
          </Tabs.Tab>
          <Tabs.Tab value="reviews" leftSection={<ListChecks size={16} aria-hidden />}>
            {t('statements.tab-reviews')}
            {reviews > 0 && <span className={styles.count}>{count(reviews)}</span>}
          </Tabs.Tab>
        </Tabs.List>
      </Tabs>
      <div className={styles.body}>
        {tab === 'files' && <ImportedFiles kind="statement" openId={readImportId(params.id)} />}
        {tab === 'calendar' && <CoverageCalendar />}
        {tab === 'reviews' && <Reviews />}
      </div>
    </div>
  );
}
