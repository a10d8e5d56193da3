import { Button } from '@mantine/core';
import { Lightbulb } from 'lucide-react';
import { useState } from 'react';
import { KeyButton } from '#renderer/components/KeyButton.tsx';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { RuleView } from '#shared/ipc/rule-channels.ts';
import styles from './Rules.module.css';
import { RuleTrialDialog } from './RuleTrialDialog.tsx';
import { isContradicted, useRuleActs } from './use-rule-acts.ts';

type Props = {
  offer: RuleView;
  /** True where it stands alone, so that R can mean it. */
  hasKey?: boolean;
};

/** The question whether what was decided several times should be suggested from now on. Nothing happens without a yes. */
export function RuleOffer({ offer, hasKey = false }: Props) {
  const { t, tell } = useText();
  const { permissions } = useAppState();
  const maySwitchOn = permissions.includes('rules.write');
  const mayDecline = permissions.includes('ledger.match');
  const { save, decline } = useRuleActs();
  const [isTrialOpen, setIsTrialOpen] = useState(false);
  const { id, payment, sale } = offer;

  const showTrial = () => setIsTrialOpen(true);
  useShortcuts('screen', [{ keys: ['R'], label: 'keys.rule-offer', run: showTrial }], hasKey);

  function switchOn() {
    save.mutate(
      { ruleId: id, payment, sale, isOn: true, seenContradictions: 0 },
      { onError: (error) => isContradicted(error) && setIsTrialOpen(true) },
    );
  }

  return (
    <section className={styles.offer} aria-label={t('rules.offer-title')}>
      <Lightbulb size={18} aria-hidden />
      <p role="status">
        {tell(offer.words)} {t('rules.offer-question', { count: offer.times })}
        {!maySwitchOn && <span className={styles.soft}> {t('rules.offer-for-owner')}</span>}
      </p>
      <div className={styles.offerButtons}>
        {hasKey ? (
          <KeyButton stroke="R" onPress={showTrial}>
            {t('rules.see-trial')}
          </KeyButton>
        ) : (
          <Button size="xs" variant="default" onClick={showTrial}>
            {t('rules.see-trial')}
          </Button>
        )}
        {maySwitchOn && (
          <Button size="xs" loading={save.isPending} onClick={switchOn}>
            {t('rules.offer-yes')}
          </Button>
        )}
        {mayDecline && (
          <Button size="xs" variant="subtle" loading={decline.isPending} onClick={() => decline.mutate(id)}>
            {t('rules.offer-not-now')}
          </Button>
        )}
      </div>
      {isTrialOpen && (
        <RuleTrialDialog rule={offer} maySwitchOn={maySwitchOn} onClose={() => setIsTrialOpen(false)} />
      )}
    </section>
  );
}
