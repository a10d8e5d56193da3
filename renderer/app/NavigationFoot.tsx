import { Keyboard, Lock, LogOut } from 'lucide-react';
import { Link } from 'wouter';
import { RequestFailure, tryAsk } from '../lib/api.ts';
import { useShortcuts } from '../lib/keyboard.tsx';
import { useAppState } from '../lib/queries.ts';
import { useText } from '../lib/text.tsx';
import { openKeysHelp } from './keys-help-store.ts';
import styles from './NavigationFoot.module.css';
import { paths } from './routes.ts';
import { useSession } from './session-context.tsx';
import { useToasts } from './toasts.tsx';

/** Whose books, who is signed in, and the way out, always in sight. */
export function NavigationFoot() {
  const { t } = useText();
  const { shopName } = useAppState();
  const { person, refresh } = useSession();
  const { failed } = useToasts();

  async function leave(channel: 'access:lock' | 'access:sign-out') {
    const answer = await tryAsk(channel, {});
    if (answer.ok) refresh();
    else failed(new RequestFailure(answer.error));
  }

  useShortcuts('window', [
    { keys: ['Ctrl+L'], label: 'nav.lock', isEverywhere: true, run: () => void leave('access:lock') },
  ]);

  return (
    <div className={styles.foot}>
      <div className={styles.shop}>{shopName === '' ? t('nav.unnamed-shop') : shopName}</div>
      <Link href={paths.account} className={styles.who ?? ''} title={t('account.title')}>
        {namePerson(person, t('nav.role', { role: person.role }))}
      </Link>
      <div className={styles.exits}>
        <button
          type="button"
          className={styles.button}
          title={`${t('nav.lock')} (Ctrl+L)`}
          aria-keyshortcuts="Control+L"
          onClick={() => void leave('access:lock')}
        >
          <Lock size={14} aria-hidden /> {t('nav.lock')}
        </button>
        <button type="button" className={styles.button} onClick={() => void leave('access:sign-out')}>
          <LogOut size={14} aria-hidden /> {t('access.sign-out')}
        </button>
      </div>
      <button type="button" className={`${styles.button} ${styles.keys}`} onClick={openKeysHelp}>
        <Keyboard size={14} aria-hidden /> {t('nav.keys')} <kbd>?</kbd>
      </button>
    </div>
  );
}

/** `Njeri · clerk`; a person who is only called by the role is not named twice, and in the language of the window. */
function namePerson({ name, role }: { name: string; role: string }, roleWord: string): string {
  if (name.toLowerCase() !== role) return `${name} · ${roleWord}`;
  return roleWord.charAt(0).toUpperCase() + roleWord.slice(1);
}
