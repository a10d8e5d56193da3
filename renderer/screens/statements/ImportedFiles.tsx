import { Button } from '@mantine/core';
import { FileSpreadsheet } from 'lucide-react';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { useImport } from '#renderer/app/import-context.ts';
import { paths } from '#renderer/app/routes.ts';
import { Amount } from '#renderer/components/Amount.tsx';
import { EmptyState } from '#renderer/components/EmptyState.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { type TableColumn, VirtualTable } from '#renderer/components/VirtualTable.tsx';
import { usePages } from '#renderer/lib/pages.ts';
import { type Text, useText } from '#renderer/lib/text.tsx';
import type { Output } from '#shared/ipc/contract.ts';
import type { ImportView } from '#shared/ipc/views.ts';
import {
  FileArrival,
  FileBalance,
  FileCoverage,
  FileName,
  FilePeriod,
  FileRows,
  FileWitness,
} from './FileCells.tsx';
import { FileDetail } from './FileDetail.tsx';
import { importPath } from './paths.ts';

type Kind = ImportView['kind'];
const pickImports = (answer: Output<'import:list'>) => answer.imports;

/** Every file of one kind, newest first, undone ones too; one of them open beside the list. */
export function ImportedFiles({ kind, openId }: { kind: Kind; openId: number | null }) {
  const text = useText();
  const [, navigate] = useLocation();
  const files = usePages('import:list', { kind, limit: 100 }, pickImports);
  const columns = useMemo(
    () => (kind === 'statement' ? statementColumns(text) : salesColumns(text)),
    [kind, text],
  );
  const close = () => navigate(`${kind === 'statement' ? paths.statements : paths.sales}/files`);
  return (
    <>
      {files.error !== null && <ErrorNotice error={files.error} onRetry={files.retry} />}
      {files.error === null && !files.isPending && files.rows.length === 0 && <NoFiles kind={kind} />}
      {files.error === null && (files.isPending || files.rows.length > 0) && (
        <VirtualTable
          label={text.t(kind === 'statement' ? 'statements.title' : 'sales.tab-files')}
          columns={columns}
          rows={files.rows}
          keyOf={(file) => file.id}
          rowHeight={56}
          minWidth={kind === 'statement' ? 1040 : 860}
          isFaded={(file) => file.state !== 'done'}
          isPending={files.isPending}
          hasMore={files.hasMore}
          isCut={files.isCut}
          onEnd={files.grow}
          onOpen={(file) => navigate(importPath(kind, file.id))}
        />
      )}
      <FileDetail importId={openId} onClose={close} />
    </>
  );
}

function statementColumns({ t }: Text): TableColumn<ImportView>[] {
  return [
    { key: 'file', head: t('statements.file'), isName: true, cell: (file) => <FileName file={file} /> },
    { key: 'period', head: t('statements.period'), width: 130, cell: (file) => <FilePeriod file={file} /> },
    { key: 'rows', head: t('statements.rows'), width: 200, cell: (file) => <FileRows file={file} /> },
    {
      key: 'sum',
      head: t('statements.adds-up'),
      width: 150,
      cell: (file) => <FileBalance isBalanced={file.isBalanced} />,
    },
    {
      key: 'covers',
      head: t('statements.covered-to'),
      width: 160,
      cell: (file) => <FileCoverage file={file} />,
    },
    {
      key: 'witness',
      head: t('statements.witness'),
      width: 170,
      cell: (file) => <FileWitness file={file} />,
    },
  ];
}

function salesColumns({ t }: Text): TableColumn<ImportView>[] {
  return [
    { key: 'file', head: t('statements.file'), isName: true, cell: (file) => <FileName file={file} /> },
    { key: 'period', head: t('statements.period'), width: 130, cell: (file) => <FilePeriod file={file} /> },
    { key: 'rows', head: t('statements.rows'), width: 200, cell: (file) => <FileRows file={file} /> },
    {
      key: 'total',
      head: t('statements.total-kes'),
      width: 150,
      isFigure: true,
      cell: (file) => <Amount cents={file.totalCents} isStrong />,
    },
    {
      key: 'at',
      head: t('statements.brought-in'),
      width: 190,
      cell: (file) => <FileArrival file={file} />,
    },
  ];
}

function NoFiles({ kind }: { kind: Kind }) {
  const { t } = useText();
  const { canImport, choose } = useImport();
  const isStatement = kind === 'statement';
  return (
    <EmptyState
      icon={FileSpreadsheet}
      title={t(isStatement ? 'statements.empty-title' : 'sales.files-empty-title')}
      actions={canImport && <Button onClick={() => choose(kind)}>{t('importing.choose')}</Button>}
    >
      {canImport && t(isStatement ? 'statements.empty-text' : 'sales.files-empty-text')}
    </EmptyState>
  );
}
