import { Skeleton } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { useAnswer } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { LookUpView } from '#shared/ipc/look-up-channels.ts';
import { PaymentReversal } from '../reversals/PaymentReversal.tsx';
import { RequestDialog } from '../reversals/RequestDialog.tsx';
import { EvidenceList } from './EvidenceList.tsx';
import { HoldDialog } from './HoldDialog.tsx';
import styles from './LookUp.module.css';
import { LookUpFacts } from './LookUpFacts.tsx';
import { useVerdictActs } from './use-verdict-acts.ts';
import { VerdictActions } from './VerdictActions.tsx';
import { verdictIcon } from './verdict-look.ts';

type Props = { lookUpId: number; mayAsk: boolean };

/** One look-up as things stand now: it changes under the eyes when an answer comes. */
export function VerdictView({ lookUpId, mayAsk }: Props) {
  const shown = useAnswer('look-up:show', { lookUpId });
  if (shown.error !== null) return <ErrorNotice error={shown.error} onRetry={() => void shown.refetch()} />;
  // While another is fetched, the one before must not stand in its place.
  if (shown.data?.id !== lookUpId) return <Skeleton height={160} animate={false} />;
  return <Verdict lookUp={shown.data} mayAsk={mayAsk} />;
}

function Verdict({ lookUp, mayAsk }: { lookUp: LookUpView; mayAsk: boolean }) {
  const { t, tell } = useText();
  const card = useRef<HTMLElement>(null);
  const [open, setOpen] = useState<'hold' | 'send-back' | null>(null);
  const acts = useVerdictActs(lookUp, mayAsk, {
    onHold: () => setOpen('hold'),
    onSendBack: () => setOpen('send-back'),
  });
  const close = () => {
    setOpen(null);
    card.current?.focus();
  };
  const Icon = verdictIcon(lookUp);
  const { payment } = lookUp;
  const { name, phone } = lookUp.customer;
  const customer = [name, phone].filter((part) => part !== null).join(', ');

  // The answer is what the person waits for: the keys of the card work at once, and it is read out.
  useEffect(() => card.current?.focus(), []);

  return (
    <div className={styles.answer}>
      <section
        ref={card}
        tabIndex={-1}
        className={`${styles.card} ${styles[lookUp.tone] ?? ''}`}
        aria-labelledby="verdict-title"
        data-testid="verdict"
        data-kind={lookUp.kind}
        data-tone={lookUp.tone}
      >
        <span className={styles.medal}>
          <Icon size={26} aria-hidden />
        </span>
        <div className={styles.words}>
          <p className={styles.receipt}>{lookUp.receipt}</p>
          <h2 id="verdict-title">{tell(lookUp.title)}</h2>
          <p>{tell(lookUp.text)}</p>
          {payment !== null && payment.reversal !== null && <PaymentReversal payment={payment} />}
          {lookUp.canHold && customer !== '' && (
            <p className={styles.question}>{t('look-up-screen.is-this', { customer })}</p>
          )}
        </div>
        <VerdictActions lookUp={lookUp} acts={acts} />
      </section>
      <p role="status" className="visually-hidden">
        {tell(lookUp.title)}
      </p>
      <LookUpFacts lookUp={lookUp} />
      <EvidenceList evidence={lookUp.evidence} />
      {open === 'hold' && <HoldDialog lookUp={lookUp} onClose={close} />}
      {open === 'send-back' && payment !== null && <RequestDialog payments={[payment]} onClose={close} />}
    </div>
  );
}
