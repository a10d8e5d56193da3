import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react';
import { Chip } from '#renderer/components/Chip.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { RelayView } from '#shared/ipc/relay-channels.ts';
import { reasonWords } from '../callbacks/callback-words.ts';
import styles from './Relay.module.css';

type Pairing = NonNullable<RelayView['pairing']>;
type Status = NonNullable<Pairing['status']>;

/** How it stands with the paired relay, by this computer and by the relay's own account. */
export function RelayState({ pairing }: { pairing: Pairing }) {
  const { t, tell, time } = useText();
  const { status, problem, isFresh, isStopped, reachedAt } = pairing;
  const tone = isStopped ? 'bad' : isFresh && problem === null ? 'good' : 'open';
  const icon = isStopped ? CircleAlert : isFresh && problem === null ? CircleCheck : CircleDashed;
  return (
    <>
      <div className={styles.state}>
        <Chip tone={tone} icon={icon}>
          {isStopped ? t('relay.stopped') : isFresh ? t('relay.chip-fresh') : t('relay.not-reached')}
        </Chip>
        <strong className={styles.host}>{new URL(pairing.origin).host}</strong>
      </div>
      {problem !== null && (
        <p role="status" className={isStopped ? styles.bad : styles.open}>
          {tell(problem)}
        </p>
      )}
      <dl className={styles.facts}>
        <dt>{t('relay.paired-at')}</dt>
        <dd>{t('relay.paired-by', { at: { at: pairing.pairedAt }, who: pairing.pairedBy })}</dd>
        <dt>{t('relay.reached')}</dt>
        <dd>{reachedAt === null ? t('relay.chip-never') : time(reachedAt)}</dd>
        <dt>{t('relay.inbox')}</dt>
        <dd className={styles.code}>{pairing.inbox}</dd>
        {status !== null && <Account status={status} />}
      </dl>
      {status !== null && status.refused.length > 0 && (
        <details className={styles.more}>
          <summary>{t('relay.refused-count', { count: sumOf(status) })}</summary>
          <RefusedLines refused={status.refused} />
        </details>
      )}
      {status !== null && status.addresses !== null && status.addresses.length > 0 && (
        <details className={styles.more}>
          <summary>{t('relay.addresses', { count: status.addresses.length })}</summary>
          <p className={styles.code}>{status.addresses.join(', ')}</p>
        </details>
      )}
    </>
  );
}

function sumOf({ refused }: Status): number {
  return refused.reduce((sum, { count }) => sum + count, 0);
}

/** Narrower than a table: what was turned away, from where, how often and when. */
function RefusedLines({ refused }: Pick<Status, 'refused'>) {
  const { t } = useText();
  return (
    <ul className={styles.refused}>
      {refused.map(({ reason, address, count, firstAt, lastAt }) => (
        <li key={`${reason} ${address}`}>
          <div>{reasonWords(reason, t)}</div>
          <div className={styles.hint}>
            <span className={styles.code}>{address === '' ? t('callbacks.many-addresses') : address}</span>
            {' · '}
            {t('relay.refused-when', { count, first: { at: firstAt }, last: { at: lastAt } })}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** What the relay says of itself. */
function Account({ status }: { status: Status }) {
  const { t } = useText();
  return (
    <>
      <dt>{t('relay.waiting')}</dt>
      <dd>
        {t('relay.waiting-count', { count: status.waiting })}
        {status.oldestWaitingAt !== null &&
          ` · ${t('relay.waiting-since', { at: { at: status.oldestWaitingAt } })}`}
      </dd>
      {status.dropped > 0 && (
        <>
          <dt>{t('relay.dropped')}</dt>
          <dd>{t('relay.dropped-count', { count: status.dropped })}</dd>
        </>
      )}
      <dt>{t('relay.version')}</dt>
      <dd>
        {t('relay.version-of', {
          version: status.version,
          environment: status.environment,
          at: { at: status.asOf },
        })}
      </dd>
    </>
  );
}
