import { fileURLToPath } from 'node:url';
import { defineConfig } from 'electron-vite';
import { rendererConfig } from './renderer.vite.config.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What is loaded for the demo and never otherwise. */
const DEMO_ONLY = ['main/demo/', 'test/', 'relay/'];

export default defineConfig(({ command }) => ({
  main: {
    build: {
      outDir: `${root}out/main`,
      target: 'node20',
      rolldownOptions: {
        // The relay's own server: in the demo it comes from the checkout's packages.
        external: ['fastify'],
        input: { main: `${root}main/main.ts`, worker: `${root}main/work/worker.ts` },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          // The demo, with the simulator and the relay, has a name of its own by which it is left out of a package.
          chunkFileNames: (chunk) =>
            chunk.moduleIds.some((id) => DEMO_ONLY.some((folder) => id.startsWith(`${root}${folder}`)))
              ? 'chunks/demo-[hash].js'
              : 'chunks/[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: `${root}out/preload`,
      target: 'node20',
      // A sandboxed preload cannot require files: each is one file with everything inside.
      isolatedEntries: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: { app: `${root}main/preload/app.ts`, approval: `${root}main/preload/approval.ts` },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: rendererConfig(command),
}));
