import { Button, Tabs } from '@mantine/core';
import { FileDown, FileSpreadsheet, Plus, ReceiptText } from 'lucide-react';
import { useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { useImport } from '#renderer/app/import-context.ts';
import { paths } from '#renderer/app/routes.ts';
import { Keycap } from '#renderer/components/Keycap.tsx';
import { PageHeader } from '#renderer/components/PageHeader.tsx';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import { businessDayOf, type UtcMs } from '#shared/domain/time.ts';
import { ImportedFiles } from '../statements/ImportedFiles.tsx';
import { readImportId } from '../statements/paths.ts';
import { SaleFormDialog } from './SaleFormDialog.tsx';
import { SalesList } from './SalesList.tsx';
import styles from './SalesScreen.module.css';
import { type SalesFilters, startFilters } from './sales-filters.ts';

/** What the shop says it sold: the sales, the files they came from, and the ones a person typed. */
export function SalesScreen() {
  const { t } = useText();
  const { latestDay, permissions } = useAppState();
  const { canImport, choose } = useImport();
  const params = useParams<{ tab?: string; id?: string }>();
  const [, navigate] = useLocation();
  const today = businessDayOf(Date.now() as UtcMs);
  const [filters, setFilters] = useState<SalesFilters>(() => startFilters(latestDay ?? today));
  const [isAdding, setAdding] = useState(false);
  const canWrite = permissions.includes('sales.write');
  const tab = params.tab === 'files' ? 'files' : 'list';
  const openId = readImportId(params.id);
  useShortcuts('screen', canWrite ? [{ keys: ['N'], label: 'sales.add', run: () => setAdding(true) }] : []);
  return (
    <div className={styles.screen}>
      <PageHeader
        title={t('sales.title')}
        sub={t('sales.subtitle')}
        actions={
          <>
            {canImport && (
              <Button
                size="xs"
                variant="default"
                leftSection={<FileDown size={16} aria-hidden />}
                onClick={() => choose('sales')}
              >
                {t('importing.choose')}
              </Button>
            )}
            {canWrite && (
              <Button
                size="xs"
                leftSection={<Plus size={16} aria-hidden />}
                rightSection={<Keycap stroke="N" />}
                onClick={() => setAdding(true)}
              >
                {t('sales.add')}
              </Button>
            )}
          </>
        }
      />
      <Tabs
        className={styles.tabs ?? ''}
        value={tab}
        onChange={(name) => navigate(`${paths.sales}/${name ?? 'list'}`)}
      >
        <Tabs.List>
          <Tabs.Tab value="list" leftSection={<ReceiptText size={16} aria-hidden />}>
            {t('sales.tab-list')}
          </Tabs.Tab>
          <Tabs.Tab value="files" leftSection={<FileSpreadsheet size={16} aria-hidden />}>
            {t('sales.tab-files')}
          </Tabs.Tab>
        </Tabs.List>
      </Tabs>
      <div className={styles.body}>
        {tab === 'list' ? (
          <SalesList
            filters={filters}
            onFilter={setFilters}
            openId={openId}
            onAdd={canWrite ? () => setAdding(true) : null}
          />
        ) : (
          <ImportedFiles kind="sales" openId={openId} />
        )}
      </div>
      <SaleFormDialog
        isOpen={isAdding}
        sale={null}
        day={filters.to}
        tillId={filters.tillId}
        onClose={() => setAdding(false)}
      />
    </div>
  );
}
