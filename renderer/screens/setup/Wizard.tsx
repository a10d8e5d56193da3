import { useState } from 'react';
import { Speaking, useThemeOf } from '#renderer/app/Providers.tsx';
import { NO_PASSWORD } from '#renderer/components/new-password.ts';
import { tryAsk } from '#renderer/lib/api.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { AccessState, SetupDraft } from '#shared/ipc/access-channels.ts';
import type { Failure } from '#shared/ipc/result.ts';
import type { Language } from '#shared/text/render.ts';
import { AccessFrame } from '../access/AccessFrame.tsx';
import { RecoveryKit, type TypedGroups } from '../kit/RecoveryKit.tsx';
import { DoneStep } from './DoneStep.tsx';
import { FactorStep } from './FactorStep.tsx';
import { type Owner, OwnerStep } from './OwnerStep.tsx';
import { ShopStep } from './ShopStep.tsx';
import styles from './Wizard.module.css';
import { backTo, STEPS, type WizardStep } from './wizard-steps.ts';

type Props = { access: AccessState; draft: SetupDraft; guess: Language; onDone: () => void };

/** From nothing to one's own books: the shop, the owner, the recovery kit, the second factor. */
export function Wizard({ access, draft, guess, onDone }: Props) {
  const isFresh = draft.step === 'shop' && draft.shopName === '';
  const [language, setLanguage] = useState<Language>(isFresh ? guess : draft.language);
  useThemeOf(access.theme);
  return (
    <Speaking language={language}>
      <AccessFrame access={access} language={language} onLanguage={setLanguage} isWide>
        <Steps draft={draft} language={language} onDone={onDone} />
      </AccessFrame>
    </Speaking>
  );
}

type StepsProps = { draft: SetupDraft; language: Language; onDone: () => void };

function Steps({ draft: firstDraft, language, onDone }: StepsProps) {
  const [draft, setDraft] = useState(firstDraft);
  // The kit is shown by this page only: whoever comes back gets a new one from the owner's step.
  const [step, setStep] = useState<WizardStep>(firstDraft.step === 'shop' ? 'shop' : 'owner');
  const [owner, setOwner] = useState<Owner>({ name: '', draft: NO_PASSWORD, offer: null });
  const [groups, setGroups] = useState<TypedGroups>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [recoveryCodes, setRecoveryCodes] = useState<readonly string[]>([]);

  function goTo(next: WizardStep, why: Failure | null = null) {
    setFailure(why);
    setStep(next);
  }
  const goBack = () => goTo(backTo(step));

  async function finish(totpCode: string | null): Promise<Failure | null> {
    if (draft.language !== language) {
      const { step: _, ...shop } = draft;
      const saved = await tryAsk('setup:save-shop', { ...shop, language });
      if (!saved.ok) return saved.error;
      setDraft(saved.value);
    }
    const answer = await tryAsk('setup:finish', { groups, totpCode, refusesTotp: totpCode === null });
    if (answer.ok) {
      setRecoveryCodes(answer.value.recoveryCodes);
      goTo('done');
      return null;
    }
    if (answer.error.code === 'recovery/wrong-code') goTo('kit', answer.error);
    // The program was started anew in between: what it had in memory is gone.
    else if (answer.error.code === 'access/out-of-order') {
      setOwner((before) => ({ ...before, offer: null }));
      goTo('owner', answer.error);
    } else return answer.error;
    return null;
  }

  const { offer } = owner;
  return (
    <div className={styles.wizard}>
      <Progress step={step} />
      {step === 'shop' && (
        <ShopStep
          draft={draft}
          language={language}
          onSaved={(saved) => {
            setDraft(saved);
            goTo('owner');
          }}
        />
      )}
      {step === 'owner' && (
        <OwnerStep
          owner={owner}
          onChange={setOwner}
          failure={failure}
          onDone={() => goTo('kit')}
          onBack={goBack}
        />
      )}
      {step === 'kit' && offer !== null && (
        <RecoveryKit
          kit={offer.kit}
          shopName={draft.shopName}
          failure={failure}
          onBack={goBack}
          onTyped={(typed) => {
            setGroups(typed);
            goTo('factor');
          }}
        />
      )}
      {step === 'factor' && offer !== null && (
        <FactorStep totp={offer.totp} onSend={finish} onBack={goBack} />
      )}
      {step === 'done' && <DoneStep codes={recoveryCodes} shopName={draft.shopName} onDone={onDone} />}
    </div>
  );
}

/** Where one is. */
function Progress({ step }: { step: WizardStep }) {
  const { t } = useText();
  const number = STEPS.indexOf(step) + 1;
  if (number === 0) return null;
  return (
    <div className={styles.progress}>
      <p>{t('wizard.progress', { number, count: STEPS.length })}</p>
      <div className={styles.bar} aria-hidden>
        {STEPS.map((name, i) => (
          <span key={name} className={i < number ? styles.passed : undefined} />
        ))}
      </div>
    </div>
  );
}
