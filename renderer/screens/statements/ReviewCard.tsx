import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useToasts } from '#renderer/app/toasts.tsx';
import { Chip } from '#renderer/components/Chip.tsx';
import { ask } from '#renderer/lib/api.ts';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { ReviewView } from '#shared/ipc/views.ts';
import { compareFields } from './changed-fields.ts';
import styles from './Reviews.module.css';
import { nameField, REVIEW_WORDS, readField, SOURCE_WORDS } from './review-words.ts';

/** One line, as the ledger has it and as the new file has it, and the two ways to decide. */
export function ReviewCard({ review }: { review: ReviewView }) {
  const { t, tell, time, count } = useText();
  const file =
    review.row === null
      ? review.fileName
      : t('reviews.from', { file: review.fileName, row: count(review.row) });
  const from = review.source === 'file' ? file : t(SOURCE_WORDS[review.source]);
  return (
    <article className={styles.review} aria-label={t(REVIEW_WORDS[review.kind])}>
      <div className={styles.head}>
        <h2>{t(REVIEW_WORDS[review.kind])}</h2>
        <span className={styles.fine}>
          {from} · {time(review.at)}
        </span>
        {review.state !== 'open' && (
          <Chip tone="quiet">{t(review.state === 'kept' ? 'reviews.kept' : 'reviews.applied')}</Chip>
        )}
      </div>
      <p className={styles.what}>{tell(review.what)}</p>
      <BothSides review={review} />
      {review.state === 'open' && <Choices review={review} />}
    </article>
  );
}

function BothSides({ review }: { review: ReviewView }) {
  const text = useText();
  const { t } = text;
  const side = (name: string, value: string | null) =>
    value === null ? (
      <span className={styles.absent}>{t('reviews.absent')}</span>
    ) : (
      readField(review.kind, name, value, text)
    );
  return (
    <table className={styles.sides}>
      <thead>
        <tr>
          <th scope="col">{t('reviews.field')}</th>
          <th scope="col">{t('reviews.before')}</th>
          <th scope="col">{t(review.source === 'file' ? 'reviews.after' : 'reviews.after-news')}</th>
        </tr>
      </thead>
      <tbody>
        {compareFields(review.before, review.after).map((field) => (
          <tr key={field.name} className={field.isChanged ? styles.changed : undefined}>
            <th scope="row">
              {nameField(field.name, text)}
              {field.isChanged && <span className="visually-hidden"> ({t('reviews.changed-mark')})</span>}
            </th>
            <td>{side(field.name, field.before)}</td>
            <td>{side(field.name, field.after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Choices({ review }: { review: ReviewView }) {
  const { t } = useText();
  const { permissions } = useAppState();
  const { done, failed } = useToasts();
  const decide = useMutation({
    mutationFn: (decision: 'keep' | 'apply') => ask('review:decide', { reviewId: review.id, decision }),
    onSuccess: ({ step }) => done(step),
    onError: failed,
  });
  const isVanished = review.kind === 'vanished-line' || review.kind === 'vanished-sale';
  const isOff = !permissions.includes('ledger.match') || decide.isPending;
  return (
    <div className={styles.choices}>
      <div className={styles.choice}>
        <Button size="xs" variant="default" disabled={isOff} onClick={() => decide.mutate('keep')}>
          {t('reviews.keep')}
        </Button>
        <span className={styles.fine}>{t('reviews.keep-why')}</span>
      </div>
      <div className={styles.choice}>
        <Button size="xs" variant="default" disabled={isOff} onClick={() => decide.mutate('apply')}>
          {t(review.source === 'file' ? 'reviews.apply' : 'reviews.apply-news')}
        </Button>
        <span className={styles.fine}>
          {t(isVanished ? 'reviews.apply-vanished-why' : 'reviews.apply-changed-why')}
        </span>
      </div>
    </div>
  );
}
