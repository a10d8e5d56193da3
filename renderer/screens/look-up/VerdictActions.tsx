import { Button } from '@mantine/core';
import { KeyButton } from '#renderer/components/KeyButton.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { LookUpView } from '#shared/ipc/look-up-channels.ts';
import styles from './LookUp.module.css';
import type { VerdictActs } from './use-verdict-acts.ts';

/** What the verdict lets one do next, the likeliest first. */
export function VerdictActions({ lookUp, acts }: { lookUp: LookUpView; acts: VerdictActs }) {
  const { t } = useText();
  const { hold, release, askSafaricom, showDay, sendBack, isBusy } = acts;
  // Where something speaks against it, holding it is possible and not what is suggested.
  const isSafe = lookUp.tone === 'good' || lookUp.tone === 'likely';
  const isFirst = lookUp.asking.state === 'not-asked';
  return (
    <div className={styles.actions}>
      {hold !== null && (
        <KeyButton stroke="H" isMain={isSafe} size="sm" disabled={isBusy} onPress={hold}>
          {t('look-up-screen.hold')}
        </KeyButton>
      )}
      {release !== null && (
        <Button variant="default" size="sm" disabled={isBusy} onClick={release}>
          {t('look-up-screen.release')}
        </Button>
      )}
      {showDay !== null && (
        <KeyButton stroke="G" size="sm" onPress={showDay}>
          {t('look-up-screen.show-day')}
        </KeyButton>
      )}
      {askSafaricom !== null && (
        <KeyButton stroke="A" size="sm" disabled={isBusy} onPress={askSafaricom}>
          {isFirst ? t('look-up-screen.ask-anyway') : t('look-up-screen.again')}
        </KeyButton>
      )}
      {sendBack !== null && (
        <KeyButton stroke="R" size="sm" onPress={sendBack}>
          {t('reconcile.send-back')}
        </KeyButton>
      )}
    </div>
  );
}
