import type { MessageValue } from '#shared/domain/message.ts';
import { say } from '#shared/domain/message.ts';
import { type Language, render } from '#shared/text/render.ts';

/** The language of the terminal: nobody has chosen one in Daftari yet. */
function terminalLanguage(): Language {
  const locale = process.env.LC_ALL ?? process.env.LC_MESSAGES ?? process.env.LANG ?? '';
  return locale.startsWith('sw') ? 'sw' : 'en';
}

/** Prints one sentence of shared/text on the terminal. */
export function tell(id: string, values?: Readonly<Record<string, MessageValue>>): void {
  console.log(render(say(id, values), terminalLanguage()));
}
