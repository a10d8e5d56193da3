import { useMutation } from '@tanstack/react-query';
import { useToasts } from '#renderer/app/toasts.tsx';
import { admitFile, ask, RequestFailure } from '#renderer/lib/api.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { Input } from '#shared/ipc/contract.ts';
import type { PaymentToSendBack } from './RequestDialog.tsx';

type Request = Pick<Input<'reversal:request'>, 'method' | 'reason' | 'note' | 'amountCents'>;

/** Sends a request, with its photo or PDF where there is one. */
export function useRequest(payment: PaymentToSendBack, onDone: () => void) {
  const { t } = useText();
  const { say, failed } = useToasts();
  return useMutation({
    mutationFn: async ({ file, ...request }: Request & { readonly file: File | null }) => {
      const attachment = file === null ? null : await admit(file);
      return ask('reversal:request', { ...request, paymentId: payment.id, saleId: null, attachment });
    },
    onSuccess: () => {
      say(t('reversals.requested'));
      onDone();
    },
    onError: failed,
  });
}

async function admit(file: File): Promise<string> {
  const admitted = await admitFile(file);
  if (!admitted.ok) throw new RequestFailure(admitted.error);
  return admitted.value.token;
}
