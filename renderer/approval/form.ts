import type { ApprovalAnswer } from '#shared/ipc/approval-channels.ts';
import type { Result } from '#shared/ipc/result.ts';
import type { Acts, Approver, Asked } from './draw.ts';
import { element, field } from './element.ts';

const SECOND = 1_000;

/** Who decides, and the decision. What was typed is forgotten with each answer. */
export function drawForm(view: Asked, acts: Acts, why: string): HTMLFormElement {
  const { words } = view;
  const credential = { autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false' };
  const name = field(words.name, {
    ...credential,
    id: 'name',
    maxlength: '80',
    required: '',
    'data-first': '',
  });
  const password = field(words.password, {
    ...credential,
    id: 'password',
    type: 'password',
    maxlength: '200',
    required: '',
  });
  const code = field(words.code, {
    ...credential,
    id: 'code',
    inputmode: 'text',
    maxlength: '40',
    'aria-describedby': 'code-hint',
  });
  const reason = field(words.reason, { id: 'reason', maxlength: '300', minlength: '3' });
  const alert = element('p', { role: 'alert', class: 'alert' }, why);
  const approve = element('button', { type: 'submit', class: 'send' }, view.approve);
  const reject = element('button', { type: 'button' }, words.reject);
  const later = element('button', { type: 'button', class: 'quiet' }, words.later);
  const clock = element('span', { class: 'clock' });
  const form = element(
    'form',
    { novalidate: '' },
    element('div', { class: 'signature' }, name.frame, password.frame, code.frame),
    element('p', { class: 'note', id: 'code-hint' }, `${words.code}: ${words.codeHint}`),
    reason.frame,
    alert,
    element('p', { class: 'buttons' }, approve, reject, later),
    element('p', { class: 'note' }, `${view.note} `, clock),
  );

  let isRejecting = false;
  let isBusy = false;
  const isOpen = () => Date.now() < view.expiresAt;

  function settle(): void {
    reason.frame.hidden = !isRejecting;
    approve.hidden = isRejecting;
    approve.disabled = isBusy || !isOpen() || view.problems.length > 0;
    reject.disabled = isBusy;
    reject.textContent = isRejecting ? words.confirmReject : words.reject;
    later.textContent = isRejecting ? words.back : words.later;
    form.setAttribute('aria-busy', String(isBusy));
  }

  function tick(): void {
    const left = Math.max(0, Math.ceil((view.expiresAt - Date.now()) / SECOND));
    const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    clock.textContent = left === 0 ? words.expired : `${view.expires} ${text}`;
    settle();
    if (left > 0 && form.isConnected) setTimeout(tick, SECOND);
  }

  async function decide(send: (approver: Approver) => Promise<Result<ApprovalAnswer>>): Promise<void> {
    // One decision at a time: a second click while the first is under way is no second decision.
    if (isBusy) return;
    const missing = [name.input, password.input, ...(isRejecting ? [reason.input] : [])].find(
      (input) => input.value.trim() === '',
    );
    if (missing) return missing.focus();
    isBusy = true;
    alert.textContent = words.busy;
    settle();
    const answer = await send({
      page: view.page,
      name: name.input.value,
      password: password.input.value,
      code: code.input.value.trim() === '' ? null : code.input.value,
    });
    isBusy = false;
    if (answer.ok && answer.value.result !== 'code-needed') password.input.value = '';
    code.input.value = '';
    if (answer.ok && answer.value.result === 'decided') return acts.redraw(answer.value.page);
    // What was read does not count any more: it is read anew, and nothing typed over the old page decides it.
    if (answer.ok && answer.value.result === 'stale')
      return acts.redraw(answer.value.page, answer.value.text);
    alert.textContent = answer.ok ? answer.value.text : words.failed;
    settle();
    (answer.ok && answer.value.result === 'code-needed' ? code.input : password.input).focus();
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (isRejecting) void decide((approver) => acts.reject({ ...approver, reason: reason.input.value }));
    else if (!approve.disabled) void decide(acts.approve);
  });
  reject.addEventListener('click', () => {
    if (isRejecting) return form.requestSubmit();
    isRejecting = true;
    settle();
    reason.input.focus();
  });
  const goBack = () => {
    if (isBusy) return;
    if (!isRejecting) return acts.close();
    isRejecting = false;
    settle();
    name.input.focus();
  };
  later.addEventListener('click', goBack);
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') goBack();
  });
  // Connected only after it was returned, so that the clock begins in the next turn.
  setTimeout(tick, 0);
  settle();
  return form;
}
