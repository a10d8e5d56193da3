import { useEffect, useState } from 'react';
import { type Ending, wordsOfEnding } from '#renderer/app/access-view.ts';
import { Speaking, useThemeOf } from '#renderer/app/Providers.tsx';
import { useWindowLook } from '#renderer/app/window-look.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { AccessState } from '#shared/ipc/access-channels.ts';
import type { Language } from '#shared/text/render.ts';
import { AccessFrame } from './AccessFrame.tsx';
import { ChoosePassword } from './ChoosePassword.tsx';
import { Lock } from './Lock.tsx';
import { ResetOwner } from './ResetOwner.tsx';
import { SignIn } from './SignIn.tsx';

type Props = { access: AccessState; ending: Ending | null; onDone: () => void };

/** The books are closed: somebody signs in, unlocks, or chooses a password first. */
export function Closed({ access, ending, onDone }: Props) {
  const { chosen, choose, forget } = useWindowLook();
  const language = chosen.language ?? access.language;
  const { phase } = access;
  useThemeOf(chosen.theme ?? access.theme);
  // The next person begins with the shop's language and colours.
  useEffect(() => {
    if (phase === 'signed-out') forget();
  }, [phase, forget]);
  return (
    <Speaking language={language}>
      <Framed
        access={access}
        ending={ending}
        onDone={onDone}
        language={language}
        onLanguage={(wanted) => choose({ language: wanted })}
      />
    </Speaking>
  );
}

type FramedProps = Props & { language: Language; onLanguage: (language: Language) => void };

function Framed({ access, ending, onDone, language, onLanguage }: FramedProps) {
  const { t } = useText();
  const [isForgotten, setForgotten] = useState(false);
  const [isReset, setReset] = useState(false);
  const words = wordsOfEnding(ending);
  const { phase, person } = access;
  const notice = isReset ? t('rescue.reset-done') : words === null ? null : t(words);
  return (
    <AccessFrame
      access={access}
      language={language}
      onLanguage={onLanguage}
      notice={notice}
      isWide={phase === 'signed-out' && isForgotten}
    >
      {phase === 'locked' && person !== null && <Lock person={person} onDone={onDone} />}
      {phase === 'new-password' && person !== null && <ChoosePassword person={person} onDone={onDone} />}
      {phase === 'signed-out' && !isForgotten && (
        <SignIn access={access} onDone={onDone} onForgot={() => setForgotten(true)} />
      )}
      {phase === 'signed-out' && isForgotten && (
        <ResetOwner
          onBack={() => setForgotten(false)}
          onDone={() => {
            setForgotten(false);
            setReset(true);
          }}
        />
      )}
    </AccessFrame>
  );
}
