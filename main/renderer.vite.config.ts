import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { UserConfig } from 'vite';
import { NONCE_PLACE } from './pages/csp.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Where `npm run dev` serves the pages. The hosts fetch from it; a page itself never leaves its own origin. */
export const DEV_SERVER_PORT = 5199;

/** The pages, built once for both hosts. In development Vite's own scripts need the nonce of the page. */
export function rendererConfig(command: 'build' | 'serve'): UserConfig {
  return {
    root: `${root}renderer`,
    plugins: [react()],
    ...(command === 'serve' ? { html: { cspNonce: NONCE_PLACE } } : {}),
    build: {
      // Read from this disk, not from a network; whoever starts Daftari first should not be warned of it.
      chunkSizeWarningLimit: 2_000,
      outDir: `${root}out/renderer`,
      emptyOutDir: true,
      target: 'chrome130',
      minify: true,
      // The polyfill fetches, which the policy forbids; no browser of ours needs it.
      modulePreload: { polyfill: false },
      // The policy allows no data: fonts.
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { index: `${root}renderer/index.html`, approval: `${root}renderer/approval/index.html` },
      },
    },
    server: {
      host: '127.0.0.1',
      port: DEV_SERVER_PORT,
      strictPort: true,
      hmr: { protocol: 'ws', host: '127.0.0.1', port: DEV_SERVER_PORT, clientPort: DEV_SERVER_PORT },
    },
  };
}
