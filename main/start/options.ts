import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export type StartOptions = {
  readonly isHelp: boolean;
  readonly isDemo: boolean;
  /** Books against Safaricom's sandbox, in a folder of their own. */
  readonly isSandbox: boolean;
  /** The browser was asked for, even where a window is possible. */
  readonly isPreview: boolean;
  /** Real books may be opened in the browser, not only the demo. */
  readonly isRealInBrowser: boolean;
  readonly profile: string | null;
  /** 0 = any free port. */
  readonly port: number;
  /** The address of a running Vite server, set by `npm run dev`. */
  readonly devServer: string | undefined;
};

export type ParsedOptions =
  | { readonly ok: true; readonly options: StartOptions }
  | { readonly ok: false; readonly problem: string };

/** Reads the options of `npm start`. Relative folders count from where the person is, which npm tells. */
export function readStartOptions(args: readonly string[], folder: string): ParsedOptions {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { ok: false, problem: error.message.split(/[.\n]/)[0] ?? error.message };
  }
  const port = values.port === undefined ? 0 : Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535 || values.port === '') {
    return { ok: false, problem: `--port ${values.port}` };
  }
  if (values.demo === true && values.sandbox === true) return { ok: false, problem: '--demo --sandbox' };
  return {
    ok: true,
    options: {
      isHelp: values.help === true,
      isDemo: values.demo === true,
      isSandbox: values.sandbox === true,
      isPreview: values.preview === true,
      isRealInBrowser: values['real-books-in-browser'] === true,
      profile: values.profile === undefined ? null : resolve(folder, values.profile),
      port,
      devServer: values['dev-server'],
    },
  };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h' },
      demo: { type: 'boolean' },
      sandbox: { type: 'boolean' },
      preview: { type: 'boolean' },
      profile: { type: 'string' },
      port: { type: 'string' },
      'real-books-in-browser': { type: 'boolean' },
      'dev-server': { type: 'string' },
    },
  }).values;
}

/** The same options for the process that serves the browser. */
export function toPreviewArguments(options: StartOptions): string[] {
  return [
    ...(options.isDemo ? ['--demo'] : []),
    ...(options.isSandbox ? ['--sandbox'] : []),
    ...(options.isRealInBrowser ? ['--real-books-in-browser'] : []),
    ...(options.profile === null ? [] : ['--profile', options.profile]),
    ...(options.devServer === undefined ? [] : ['--dev-server', options.devServer]),
    '--port',
    String(options.port),
  ];
}

/** The options that the window understands. */
export function toWindowArguments(options: StartOptions): string[] {
  return [
    ...(options.isDemo ? ['--demo'] : []),
    ...(options.isSandbox ? ['--sandbox'] : []),
    ...(options.profile === null ? [] : ['--profile', options.profile]),
  ];
}
