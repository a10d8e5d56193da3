import { MantineProvider, useMantineColorScheme } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import type { AppState } from '#shared/ipc/views.ts';
import type { Language } from '#shared/text/render.ts';
import { KeyboardProvider } from '../lib/keyboard.tsx';
import { createQueryClient } from '../lib/queries.ts';
import { TextProvider } from '../lib/text.tsx';
import { theme } from './theme.ts';
import 'dayjs/locale/sw';

/** Remembers nothing in the browser: the theme is a setting of the ledger. */
function keepSchemeInMemory() {
  let scheme: 'light' | 'dark' | 'auto' | undefined;
  return {
    get: (fallback: 'light' | 'dark' | 'auto') => scheme ?? fallback,
    set: (value: 'light' | 'dark' | 'auto') => {
      scheme = value;
    },
    subscribe: () => undefined,
    unsubscribe: () => undefined,
    clear: () => {
      scheme = undefined;
    },
  };
}

const schemeManager = keepSchemeInMemory();

/** The fresh nonce of this page, which the Content-Security-Policy asks of every style element. */
function readStyleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

/** Everything that a part of the window, ready or failed, needs above it. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(createQueryClient);
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={schemeManager}
      getStyleNonce={readStyleNonce}
    >
      <QueryClientProvider client={client}>
        <KeyboardProvider>{children}</KeyboardProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Gives everything below it one language: our sentences, the calendar's words, and the page for screen readers. */
export function Speaking({ language, children }: { language: Language; children: ReactNode }) {
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <TextProvider language={language}>
      <DatesProvider settings={{ locale: language, firstDayOfWeek: 1, weekendDays: [] }}>
        {children}
        <Notifications position="bottom-right" limit={4} containerWidth={400} />
      </DatesProvider>
    </TextProvider>
  );
}

/** Follows the theme that the ledger remembers. */
export function useThemeOf(wanted: AppState['theme'] | undefined): void {
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (wanted !== undefined) setColorScheme(wanted);
  }, [wanted, setColorScheme]);
}
