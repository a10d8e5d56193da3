import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { reconcilePath } from '#renderer/app/routes.ts';
import { useToasts } from '#renderer/app/toasts.tsx';
import { useReveal } from '#renderer/app/use-reveal.ts';
import { ask } from '#renderer/lib/api.ts';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useAppState } from '#renderer/lib/queries.ts';
import type { LookUpView } from '#shared/ipc/look-up-channels.ts';
import { mayAskBack } from '../reversals/PaymentReversal.tsx';

export type VerdictActs = {
  readonly hold: (() => void) | null;
  readonly release: (() => void) | null;
  readonly askSafaricom: (() => void) | null;
  readonly showDay: (() => void) | null;
  readonly sendBack: (() => void) | null;
  readonly isBusy: boolean;
};

/** What an act opens instead of doing it at once. */
type Openers = { readonly onHold: () => void; readonly onSendBack: () => void };

/** What can be done with a verdict, by button and by key: null where it cannot. */
export function useVerdictActs(
  lookUp: LookUpView,
  mayAsk: boolean,
  { onHold, onSendBack }: Openers,
): VerdictActs {
  const { id, canHold, claim, asking, payment, sale, customer } = lookUp;
  const { done, failed } = useToasts();
  const { permissions } = useAppState();
  const reveal = useReveal();
  const [, navigate] = useLocation();
  const again = useMutation({
    mutationFn: () => ask('look-up:again', { lookUpId: id }),
    onError: failed,
  });
  const release = useMutation({
    mutationFn: (claimId: number) => ask('claim:release', { claimId }),
    onSuccess: ({ step }) => done(step),
    onError: failed,
  });
  const day = payment?.day ?? sale?.day ?? null;
  const acts: VerdictActs = {
    hold: mayAsk && canHold ? onHold : null,
    release: mayAsk && claim !== null ? () => release.mutate(claim.id) : null,
    askSafaricom: mayAsk && asking.canAsk ? () => again.mutate() : null,
    showDay: day === null ? null : () => navigate(reconcilePath(day)),
    sendBack: payment !== null && mayAskBack(payment, permissions) ? onSendBack : null,
    isBusy: again.isPending || release.isPending,
  };
  useShortcuts('screen', [
    { keys: ['H'], label: 'look-up-screen.key-hold', isOn: acts.hold !== null, run: () => acts.hold?.() },
    {
      keys: ['A'],
      label: 'look-up-screen.key-again',
      isOn: acts.askSafaricom !== null,
      run: () => acts.askSafaricom?.(),
    },
    {
      keys: ['G'],
      label: 'look-up-screen.key-day',
      isOn: acts.showDay !== null,
      run: () => acts.showDay?.(),
    },
    {
      keys: ['R'],
      label: 'keys.send-back',
      isOn: acts.sendBack !== null,
      run: () => acts.sendBack?.(),
    },
    {
      keys: ['V'],
      label: 'privacy.key',
      isOn: reveal.isAllowed,
      isHidden: !reveal.isAllowed,
      run: () => reveal.run([{ type: 'look-up', id, hasFullPhone: customer.hasFullPhone }]),
    },
  ]);
  return acts;
}
