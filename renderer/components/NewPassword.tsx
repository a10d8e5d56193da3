import { type Ref, useState } from 'react';
import { usePasswordProblems } from '../lib/password-problems.ts';
import { useText } from '../lib/text.tsx';
import styles from './NewPassword.module.css';
import { findDraftProblem, type PasswordDraft, rateStrength, type Strength } from './new-password.ts';
import { PasswordField } from './PasswordField.tsx';

type Props = {
  draft: PasswordDraft;
  onChange: (draft: PasswordDraft) => void;
  /** The person it belongs to: it must not be the password. */
  name: string;
  hasTotp: boolean;
  /** What to show after the form was sent too early. */
  problem: ReturnType<typeof findDraftProblem>;
  ref?: Ref<HTMLInputElement>;
  autoFocus?: boolean;
};

/** A new password, twice or shown, with what speaks against it while it is typed. */
export function NewPassword({ draft, onChange, name, hasTotp, problem, ref, autoFocus = false }: Props) {
  const { t, tell } = useText();
  const [wasTyped, setWasTyped] = useState(false);
  const problems = usePasswordProblems({ password: draft.password, name, hasTotp });
  const worst = problems?.[0];
  const strength = problems === null ? 'none' : rateStrength(draft.password, problems.length > 0);
  const isEmpty = problem === 'newpass.empty' && draft.password === '';
  const differs =
    findDraftProblem(draft) === 'newpass.differs' && (problem === 'newpass.differs' || wasTyped);
  return (
    <div className={styles.fields}>
      <div>
        <PasswordField
          {...(ref === undefined ? {} : { ref })}
          label={t('newpass.label')}
          description={t('newpass.hint')}
          autoComplete="new-password"
          autoFocus={autoFocus}
          value={draft.password}
          error={isEmpty ? t('newpass.empty') : null}
          isVisible={draft.isVisible}
          onVisible={(isVisible) => onChange({ ...draft, isVisible })}
          onChange={(password) => onChange({ ...draft, password })}
        />
        <Meter strength={strength} />
        <p className={styles.words} role="status" data-strength={strength}>
          {worst !== undefined ? tell(worst) : strength !== 'none' && t(`newpass.strength-${strength}`)}
        </p>
      </div>
      {!draft.isVisible && (
        <PasswordField
          label={t('newpass.again')}
          autoComplete="new-password"
          value={draft.again}
          error={differs ? t('newpass.differs') : null}
          onChange={(again) => {
            setWasTyped(again.length >= draft.password.length);
            onChange({ ...draft, again });
          }}
        />
      )}
    </div>
  );
}

const STEPS: Readonly<Record<Strength, number>> = { none: 0, refused: 1, good: 2, long: 3 };

/** The words beside it say the same. */
function Meter({ strength }: { strength: Strength }) {
  return (
    <div className={styles.meter} data-strength={strength} aria-hidden>
      {[1, 2, 3].map((step) => (
        <span key={step} className={step <= STEPS[strength] ? styles.on : undefined} />
      ))}
    </div>
  );
}
