import type { ApprovalAnswer, ApprovalPage, ApprovalView } from '#shared/ipc/approval-channels.ts';
import type { Result } from '#shared/ipc/result.ts';
import { element } from './element.ts';
import { drawForm } from './form.ts';

export type Approver = {
  readonly page: string;
  readonly name: string;
  readonly password: string;
  readonly code: string | null;
};

/** What the page can do: three requests, and showing itself anew with what they answered. */
export type Acts = {
  readonly approve: (approver: Approver) => Promise<Result<ApprovalAnswer>>;
  readonly reject: (approver: Approver & { readonly reason: string }) => Promise<Result<ApprovalAnswer>>;
  readonly close: () => void;
  /** With a sentence that says why, where it is not what was asked for. */
  readonly redraw: (page: ApprovalPage, why?: string) => void;
};

export type Asked = Extract<ApprovalView, { state: 'asked' }>;
type Told = Extract<ApprovalView, { state: 'told' }>;

/** Shows a page in place of the one before, and why. */
export function drawPage(page: ApprovalPage, acts: Acts, why = ''): void {
  const root = document.documentElement;
  root.lang = page.language;
  root.dataset.theme = page.theme;
  root.dataset.environment = page.environment;
  document.title = page.title;
  const { view } = page;
  const head = element(
    'header',
    {},
    element('span', {}, page.title),
    element('span', { class: 'badge' }, page.badge),
  );
  const body = view.state === 'asked' ? drawAsked(view, acts, why) : drawTold(view, acts);
  document.getElementById('page')?.replaceChildren(head, body);
  document.querySelector<HTMLElement>('[data-first]')?.focus();
}

function drawAsked(view: Asked, acts: Acts, why: string): HTMLElement {
  return element(
    'section',
    {},
    element('h1', {}, view.question),
    element('p', { class: 'amount' }, view.amount),
    element(
      'dl',
      {},
      ...view.facts.flatMap(({ label, value }) => [element('dt', {}, label), element('dd', {}, value)]),
    ),
    drawNotes('warning', view.warnings),
    drawNotes('problem', view.problems),
    drawForm(view, acts, why),
  );
}

function drawNotes(kind: 'warning' | 'problem', notes: readonly string[]): HTMLElement | null {
  if (notes.length === 0) return null;
  return element('ul', { class: kind }, ...notes.map((note) => element('li', {}, note)));
}

function drawTold(view: Told, acts: Acts): HTMLElement {
  const close = element('button', { type: 'button', 'data-first': '' }, view.close);
  close.addEventListener('click', acts.close);
  return element(
    'section',
    { class: `told ${view.tone}`, role: 'status' },
    element('span', { class: 'sign', 'aria-hidden': 'true' }, { good: '✓', open: '…', bad: '!' }[view.tone]),
    element('h1', {}, view.question),
    element('p', {}, view.text),
    element('p', { class: 'buttons' }, close),
  );
}
