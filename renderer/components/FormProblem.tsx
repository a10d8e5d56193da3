import { CircleAlert } from 'lucide-react';
import type { Failure } from '#shared/ipc/result.ts';
import { referenceBeside } from '../lib/api.ts';
import { useText } from '../lib/text.tsx';
import styles from './FormProblem.module.css';

/** Why a form was not accepted, above its button and read out at once. */
export function FormProblem({ failure }: { failure: Failure | null }) {
  const { t, tell } = useText();
  const reference = failure === null ? undefined : referenceBeside(failure);
  return (
    <div role="alert">
      {failure !== null && (
        <p className={styles.problem}>
          <CircleAlert size={16} aria-hidden />
          <span>
            {tell(failure.message)}
            {reference !== undefined && ` ${t('app.reference', { reference })}`}
          </span>
        </p>
      )}
    </div>
  );
}
