import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { CheckCheck } from 'lucide-react';
import { useState } from 'react';
import { EmptyState } from '#renderer/components/EmptyState.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { usePages } from '#renderer/lib/pages.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { Output } from '#shared/ipc/contract.ts';
import { ReviewCard } from './ReviewCard.tsx';
import styles from './Reviews.module.css';

const pickReviews = (answer: Output<'review:list'>) => answer.reviews;

/** Lines that a newer file changed or lacks: nothing is overwritten until a person has looked. */
export function Reviews() {
  const { t } = useText();
  const [state, setState] = useState<'open' | 'all'>('open');
  const reviews = usePages('review:list', { state }, pickReviews);
  return (
    <div className={styles.reviews}>
      <SegmentedControl
        size="xs"
        w={220}
        aria-label={t('reviews.title')}
        value={state}
        onChange={(value) => setState(value === 'all' ? 'all' : 'open')}
        data={[
          { value: 'open', label: t('reviews.show-open') },
          { value: 'all', label: t('reviews.show-all') },
        ]}
      />
      {reviews.error !== null && <ErrorNotice error={reviews.error} onRetry={reviews.retry} />}
      {reviews.isPending && <Skeleton height={180} />}
      {reviews.error === null && !reviews.isPending && reviews.rows.length === 0 && (
        <EmptyState icon={CheckCheck} title={t('reviews.empty-title')}>
          {t('reviews.empty-text')}
        </EmptyState>
      )}
      {reviews.rows.map((review) => (
        <ReviewCard key={review.id} review={review} />
      ))}
      {reviews.hasMore && (
        <Button variant="default" loading={reviews.isGrowing} onClick={reviews.grow}>
          {t('statements.more')}
        </Button>
      )}
    </div>
  );
}
