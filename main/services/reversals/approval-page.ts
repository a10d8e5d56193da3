import { type Message, say } from '#shared/domain/message.ts';
import type { ApprovalPage, ApprovalView } from '#shared/ipc/approval-channels.ts';
import { type Language, render } from '#shared/text/render.ts';
import { showLook } from '../app-state.ts';
import type { Core } from '../core.ts';

type Told = Extract<ApprovalView, { state: 'told' }>;

/** The page around what is decided: whose books these are, in which language and light. */
export function frameOf(
  core: Pick<Core, 'ledger'>,
  view: (language: Language) => ApprovalView,
): ApprovalPage {
  const { environment } = core.ledger;
  const { language, theme } = showLook(core);
  return {
    language,
    theme,
    environment,
    badge: render(say('app.environment', { environment }), language),
    title: render(say('approval.title'), language),
    view: view(language),
  };
}

/** A page that only says something: what became of the decision, or that there is none to make. */
export function tellOnly(
  core: Pick<Core, 'ledger'>,
  words: { readonly tone: Told['tone']; readonly question: Message; readonly text: Message },
): ApprovalPage {
  return frameOf(core, (language) => ({
    state: 'told',
    tone: words.tone,
    question: render(words.question, language),
    text: render(words.text, language),
    close: render(say('approval.close'), language),
  }));
}
