import { useState } from 'react';
import type { Output } from '#shared/ipc/contract.ts';
import type { Failure } from '#shared/ipc/result.ts';
import styles from './Kit.module.css';
import { KitCheck } from './KitCheck.tsx';
import { KitCode } from './KitCode.tsx';

export type Kit = Output<'recovery:make-code'>;
export type TypedGroups = { index: number; text: string }[];

type Props = {
  kit: Kit;
  shopName: string;
  /** Why the groups that were typed were not taken. */
  failure: Failure | null;
  onTyped: (groups: TypedGroups) => void;
  onBack: () => void;
  /** The dialog has a title and room around it already. */
  isInDialog?: boolean;
  isBusy?: boolean;
};

/** The recovery code: shown, printed or written down, then proved by typing two of its groups. */
export function RecoveryKit(props: Props) {
  const { kit, shopName, failure, onTyped, onBack, isInDialog = false, isBusy = false } = props;
  const [isChecking, setChecking] = useState(failure !== null);
  return (
    <div className={isInDialog ? styles.inDialog : undefined}>
      {isChecking ? (
        <KitCheck
          kit={kit}
          failure={failure}
          onTyped={onTyped}
          onBack={() => setChecking(false)}
          isBusy={isBusy}
        />
      ) : (
        <KitCode
          kit={kit}
          shopName={shopName}
          onNext={() => setChecking(true)}
          onBack={onBack}
          backLabel={isInDialog ? 'app.cancel' : 'wizard.back'}
        />
      )}
    </div>
  );
}
