import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Paperclip, Printer, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ask, saveFile } from '#renderer/lib/api.ts';
import { useText } from '#renderer/lib/text.tsx';
import { DecideNotReversed } from './DecideNotReversed.tsx';
import styles from './Reversals.module.css';
import type { ReversalDetail } from './reversal-words.ts';
import { usePrintVoucher } from './use-print-voucher.tsx';

/** What may be done with it now. The decision itself is made in a window of its own. */
export function ReversalActions({ detail }: { detail: ReversalDetail }) {
  const { t } = useText();
  const { say, failed } = useToasts();
  const { reversal } = detail;
  const { id: reversalId, may } = reversal;
  const [isDeciding, setDeciding] = useState(false);
  const voucher = usePrintVoucher(detail);
  const openApproval = useMutation({
    mutationFn: () => ask('reversal:open-approval', { reversalId }),
    onError: failed,
  });
  const cancel = useMutation({
    mutationFn: () => ask('reversal:cancel', { reversalId }),
    onSuccess: () => say(t('reversals.cancelled')),
    onError: failed,
  });
  const handOver = useMutation({
    mutationFn: () => ask('reversal:hand-over', { reversalId }),
    onSuccess: () => say(t('reversals.handed-over')),
    onError: failed,
  });
  const attachment = useMutation({
    mutationFn: async () => saveFile((await ask('reversal:attachment', { reversalId })).token),
    onError: failed,
  });
  return (
    <div className={styles.buttons}>
      {may.openApproval && (
        <Button
          leftSection={<ShieldCheck size={16} aria-hidden />}
          loading={openApproval.isPending}
          onClick={() => openApproval.mutate()}
        >
          {t('reversals.open-approval')}
        </Button>
      )}
      {may.handOver && (
        <Button loading={handOver.isPending} onClick={() => handOver.mutate()}>
          {t('reversals.hand-over', { method: reversal.method.replace('-', '_') })}
        </Button>
      )}
      {may.sayNotReversed && (
        <Button variant="default" onClick={() => setDeciding(true)}>
          {t('reversals.not-reversed')}
        </Button>
      )}
      {may.cancel && (
        <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {t('reversals.cancel')}
        </Button>
      )}
      {detail.attachment !== null && (
        <Button
          variant="default"
          leftSection={<Paperclip size={16} aria-hidden />}
          loading={attachment.isPending}
          onClick={() => attachment.mutate()}
        >
          {t('reversals.attachment')}
        </Button>
      )}
      <Button variant="default" leftSection={<Printer size={16} aria-hidden />} onClick={voucher.print}>
        {t('reversals.print')}
      </Button>
      {voucher.sheet}
      {isDeciding && <DecideNotReversed detail={detail} onClose={() => setDeciding(false)} />}
    </div>
  );
}
