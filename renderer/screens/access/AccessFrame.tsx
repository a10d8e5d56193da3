import { Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { BrandMark } from '#renderer/components/BrandMark.tsx';
import { EnvironmentBadge } from '#renderer/components/EnvironmentBadge.tsx';
import { LanguageSwitch } from '#renderer/components/LanguageSwitch.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { AccessState } from '#shared/ipc/access-channels.ts';
import type { Language } from '#shared/text/render.ts';
import styles from './AccessFrame.module.css';

type Props = {
  access: Pick<AccessState, 'environment' | 'shopName' | 'version'>;
  language: Language;
  onLanguage: (language: Language) => void;
  /** Why the person sees this instead of the books. */
  notice?: string | null;
  isWide?: boolean;
  children: ReactNode;
};

/** The window while nobody is signed in: whose books these are, and nothing of what is in them. */
export function AccessFrame({
  access,
  language,
  onLanguage,
  notice = null,
  isWide = false,
  children,
}: Props) {
  const { t } = useText();
  return (
    <main className={styles.page}>
      <div className={styles.top}>
        <span>{t('settings.version', { version: access.version })}</span>
        <LanguageSwitch language={language} onLanguage={onLanguage} />
      </div>
      <div className={isWide ? `${styles.card} ${styles.wide}` : styles.card}>
        <header className={styles.band}>
          <BrandMark />
          <span className={styles.brand}>Daftari</span>
          {access.shopName !== '' && <span className={styles.shop}>{access.shopName}</span>}
          <EnvironmentBadge environment={access.environment} />
        </header>
        <div role="status">
          {notice !== null && (
            <p className={styles.notice}>
              <Info size={16} aria-hidden />
              {notice}
            </p>
          )}
        </div>
        {children}
      </div>
    </main>
  );
}
