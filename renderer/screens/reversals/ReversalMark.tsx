import { Chip } from '#renderer/components/Chip.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { PaymentView } from '#shared/ipc/views.ts';
import { STATE_LOOK } from './reversal-words.ts';

/** How it stands with the money that goes back, beside its payment; nothing for one that nobody asked for. */
export function ReversalMark({ payments }: { payments: readonly Pick<PaymentView, 'reversal'>[] }) {
  const { t } = useText();
  return payments.map(({ reversal }) => {
    if (reversal === null) return null;
    const { tone, icon, word } = STATE_LOOK[reversal.state];
    return (
      <Chip key={reversal.id} tone={tone} icon={icon}>
        {`${reversal.name} · ${t(word)}`}
      </Chip>
    );
  });
}
