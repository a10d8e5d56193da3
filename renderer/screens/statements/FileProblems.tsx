import { Button, Skeleton } from '@mantine/core';
import { Chip } from '#renderer/components/Chip.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { usePages } from '#renderer/lib/pages.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { Output } from '#shared/ipc/contract.ts';
import styles from './FileDetail.module.css';
import { SEVERITY_WORDS } from './file-words.ts';

const PAGE = 100;
const pickProblems = (answer: Output<'import:problems'>) => answer.problems;

/** Every row of the file that was refused, noted, or does not add up: its line and why. */
export function FileProblems({ importId }: { importId: number }) {
  const { t, tell, count } = useText();
  const problems = usePages('import:problems', { importId, limit: PAGE }, pickProblems);
  return (
    <section className={styles.section}>
      <h3>{t('statements.problems')}</h3>
      {problems.error !== null && <ErrorNotice error={problems.error} onRetry={problems.retry} />}
      {problems.isPending && <Skeleton height={40} />}
      {problems.error === null && !problems.isPending && problems.rows.length === 0 && (
        <p className={styles.fine}>{t('statements.problems-none')}</p>
      )}
      {problems.rows.length > 0 && (
        <ul className={styles.problems}>
          {problems.rows.map((problem, place) => {
            const { tone, words } = SEVERITY_WORDS[problem.severity];
            return (
              // One row can have several problems, and their order never changes.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <li key={`${place}-${problem.row}`}>
                <span className={styles.fine}>
                  {problem.row === 0
                    ? t('statements.problem-whole-file')
                    : t('statements.problem-row', { row: count(problem.row) })}
                </span>
                <span className={styles.reason}>{tell(problem.reason)}</span>
                <Chip tone={tone}>{t(words)}</Chip>
              </li>
            );
          })}
        </ul>
      )}
      {problems.hasMore && (
        <div>
          <Button size="compact-sm" variant="default" loading={problems.isGrowing} onClick={problems.grow}>
            {t('statements.more')}
          </Button>
        </div>
      )}
    </section>
  );
}
