/** What an act is about: the filter of the audit screen. The contract lists the same words. */
export type AuditArea =
  | 'access'
  | 'staff'
  | 'import'
  | 'match'
  | 'sale'
  | 'setting'
  | 'look-up'
  | 'reversal'
  | 'credential'
  | 'export'
  | 'reveal'
  /** Asking Safaricom, what came from it, and the relay. */
  | 'safaricom'
  | 'program'
  | 'audit';

/**
 * How a value of an entry is said. `person` is whom the subject names, `number` the number in the subject; `choice` is
 * a code among which the sentence chooses; the others stand in the details under their own name.
 */
export type AuditValueKind = 'person' | 'number' | 'count' | 'text' | 'choice' | 'at' | 'day' | 'minutes';

export type ActionWords = {
  readonly area: AuditArea;
  readonly values?: Readonly<Record<string, AuditValueKind>>;
};

const ROWS = { new: 'count', known: 'count', refused: 'count', changed: 'count' } as const;
const OF_PERSON = { person: 'person' } as const;
const RECEIPT = { receipt: 'text' } as const;
const NUMBERED = { number: 'number' } as const;

/**
 * Every act that the log can hold, its area, and the values of its sentence `audit.what.<action>`. A test finds an act
 * that is missing here, and one that nobody does.
 */
export const AUDIT_ACTIONS = {
  'access.code-asked': { area: 'access', values: OF_PERSON },
  'access.confirmed': { area: 'access' },
  'access.locked': { area: 'access', values: { reason: 'choice' } },
  'access.refused': { area: 'access', values: { channel: 'text', code: 'choice', times: 'count' } },
  'access.session-ended': { area: 'access', values: { reason: 'choice', ...OF_PERSON } },
  'access.set-up-began': { area: 'access' },
  'access.sign-in-refused': {
    area: 'access',
    values: { occasion: 'choice', why: 'choice', times: 'count', ...OF_PERSON },
  },
  'access.signed-in': { area: 'access', values: { host: 'choice', factor: 'choice' } },
  'access.unlocked': { area: 'access' },
  'account.password-changed': { area: 'staff' },
  'account.password-chosen': { area: 'staff' },
  'account.recovery-codes-renewed': { area: 'staff' },
  'account.totp-switched-off': { area: 'staff' },
  'account.totp-switched-on': { area: 'staff' },
  'alert.seen': { area: 'program', values: { count: 'count' } },
  'alert.reversal': { area: 'reversal' },
  'alert.vanished': { area: 'import', values: { ...NUMBERED, kind: 'choice' } },
  'audit.anchor-missing': { area: 'audit' },
  'audit.anchor-unkept': { area: 'audit' },
  'audit.begun': { area: 'audit' },
  'audit.epoch': { area: 'audit', values: { epoch: 'count', reason: 'choice' } },
  'audit.exported': { area: 'export', values: { format: 'choice', entries: 'count' } },
  'audit.healed': { area: 'audit', values: { anchoredSeq: 'count', foundSeq: 'count' } },
  'audit.no-signing-key': { area: 'audit' },
  'audit.restarted': { area: 'audit' },
  'audit.rolled-back': { area: 'audit', values: { anchoredSeq: 'count', foundSeq: 'count' } },
  'audit.root-named': { area: 'audit' },
  'audit.verified': { area: 'audit', values: { result: 'choice', entries: 'count' } },
  'call.asked': {
    area: 'safaricom',
    values: { product: 'choice', shortCode: 'text', credential: 'choice' },
  },
  'call.ended': { area: 'safaricom', values: { product: 'choice', shortCode: 'text', state: 'choice' } },
  'call.token': { area: 'safaricom', values: { shortCode: 'text', state: 'choice' } },
  'callback.taken': { area: 'safaricom', values: { kind: 'choice', outcome: 'choice' } },
  'certificate.chosen': { area: 'credential', values: { origin: 'choice' } },
  'certificate.loaded': { area: 'credential' },
  'claim.refused': { area: 'look-up', values: { ...RECEIPT, why: 'choice' } },
  'clock.jumped': { area: 'program', values: { from: 'at', to: 'at' } },
  'clock.learnt': { area: 'program', values: { seconds: 'count' } },
  'copy.noted': { area: 'program' },
  'credential.access-reviewed': { area: 'credential' },
  'credential.due': { area: 'credential', values: { ...NUMBERED, secret: 'choice', standing: 'choice' } },
  'credential.removed': { area: 'credential', values: { ...NUMBERED, secret: 'choice' } },
  'credential.retried': { area: 'credential', values: { ...NUMBERED, secret: 'choice' } },
  'credential.set': { area: 'credential', values: { ...NUMBERED, secret: 'choice', how: 'choice' } },
  'credential.tried': { area: 'credential', values: { ...NUMBERED, secret: 'choice', result: 'choice' } },
  'import.code-checked': { area: 'import', values: { ...NUMBERED, code: 'text' } },
  'import.code-unchecked': { area: 'import', values: { ...NUMBERED, code: 'text' } },
  'import.finished': { area: 'import', values: { ...NUMBERED, ...ROWS } },
  'import.rolled-back': { area: 'import', values: { ...NUMBERED, rows: 'count' } },
  'import.rows': { area: 'import', values: { ...NUMBERED, ...ROWS } },
  'import.settled': { area: 'import', values: { ...NUMBERED, settled: 'count' } },
  'import.started': { area: 'import', values: { ...NUMBERED, kind: 'choice' } },
  'import.undo-reviews': { area: 'import', values: { ...NUMBERED, reviews: 'count' } },
  'import.undo-rows': { area: 'import', values: { ...NUMBERED, reversed: 'count', shared: 'count' } },
  'import.undo-started': { area: 'import', values: NUMBERED },
  'import.undone': { area: 'import', values: { ...NUMBERED, reversed: 'count' } },
  'import.vanished-not-asked': { area: 'import', values: NUMBERED },
  'look-up.asked': { area: 'look-up', values: { ...RECEIPT, cameAs: 'choice' } },
  'look-up.asked-again': { area: 'look-up', values: RECEIPT },
  'look-up.interrupted': { area: 'look-up', values: NUMBERED },
  'look-up.put': { area: 'look-up', values: { ...RECEIPT, state: 'choice' } },
  'match.applied': { area: 'match', values: { linked: 'count', ended: 'count', found: 'count' } },
  'phone.revealed': { area: 'reveal', values: { ...NUMBERED, type: 'choice' } },
  'program.started': { area: 'program', values: { version: 'text', host: 'choice' } },
  'program.stopped': { area: 'program' },
  'reconcile.accept': { area: 'match', values: RECEIPT },
  'reconcile.accept-all': { area: 'match', values: { count: 'count' } },
  'reconcile.add-sale': { area: 'sale' },
  'reconcile.edit-sale': { area: 'sale', values: NUMBERED },
  'reconcile.hold-claim': { area: 'look-up', values: RECEIPT },
  'reconcile.match': { area: 'match', values: RECEIPT },
  'reconcile.move-rule': { area: 'setting', values: NUMBERED },
  'reconcile.park': { area: 'match', values: RECEIPT },
  'reconcile.reject': { area: 'match', values: RECEIPT },
  'reconcile.release-claim': { area: 'look-up', values: RECEIPT },
  'reconcile.remove-rule': { area: 'setting', values: NUMBERED },
  'reconcile.review': { area: 'import', values: { ...NUMBERED, decision: 'choice' } },
  'reconcile.save-rule': { area: 'setting', values: NUMBERED },
  'reconcile.unmatch': { area: 'match', values: RECEIPT },
  'reconcile.unpark': { area: 'match', values: RECEIPT },
  'reconcile.void-sale': { area: 'sale', values: NUMBERED },
  'pull.ended': {
    area: 'safaricom',
    values: { number: 'text', outcome: 'choice', rows: 'count', new: 'count' },
  },
  'pull.rows': {
    area: 'safaricom',
    values: { number: 'text', new: 'count', settled: 'count', changed: 'count' },
  },
  'pull.times-corrected': { area: 'safaricom', values: { rows: 'count' } },
  'recovery.code-made': { area: 'credential' },
  'recovery.key-restored': { area: 'credential' },
  'recovery.code-refused': { area: 'credential', values: { occasion: 'choice' } },
  'recovery.owner-reset': { area: 'credential', values: { ...OF_PERSON, reversalsOffUntil: 'at' } },
  'relay.clock-corrected': { area: 'safaricom', values: { minutes: 'count' } },
  'relay.forgotten': { area: 'credential', values: { host: 'text' } },
  'relay.gap': { area: 'safaricom', values: { first: 'count', last: 'count' } },
  'relay.other-reader': { area: 'safaricom' },
  'relay.paired': { area: 'credential', values: { host: 'text' } },
  'relay.put-back': { area: 'safaricom', values: { lastSequence: 'count' } },
  'relay.resumed': { area: 'safaricom' },
  'relay.status-noted': { area: 'safaricom', values: { waiting: 'count', refused: 'count' } },
  'relay.stopped': { area: 'safaricom', values: { why: 'choice' } },
  'registration.noted': {
    area: 'credential',
    values: { ...NUMBERED, registration: 'choice', result: 'choice' },
  },
  'reversal.answered': { area: 'reversal', values: { ...NUMBERED, ...RECEIPT, says: 'choice' } },
  'reversal.approval-refused': { area: 'reversal', values: NUMBERED },
  'reversal.approved': { area: 'reversal', values: { ...NUMBERED, ...RECEIPT } },
  'reversal.cancelled': { area: 'reversal', values: { ...NUMBERED, ...RECEIPT } },
  'reversal.doubted': { area: 'reversal', values: { ...NUMBERED, ...RECEIPT } },
  'reversal.expired': { area: 'reversal', values: { ...NUMBERED, ...RECEIPT } },
  'reversal.handed-over': { area: 'reversal', values: { ...NUMBERED, ...RECEIPT } },
  'reversal.lapsed': { area: 'reversal', values: NUMBERED },
  'reversal.limits-set': { area: 'setting' },
  'reversal.lines-seen': { area: 'reversal', values: { lines: 'count' } },
  'reversal.not-reversed': { area: 'reversal', values: { ...NUMBERED, ...RECEIPT } },
  'reversal.rejected': { area: 'reversal', values: { ...NUMBERED, ...RECEIPT } },
  'reversal.requested': { area: 'reversal', values: { ...NUMBERED, ...RECEIPT } },
  'reversal.seen': { area: 'reversal', values: { ...NUMBERED, ...RECEIPT, proof: 'choice' } },
  'reversal.sending': { area: 'reversal', values: { ...NUMBERED, ...RECEIPT } },
  'reversal.sent': { area: 'reversal', values: { ...NUMBERED, outcome: 'choice' } },
  'rule.declined': { area: 'setting', values: NUMBERED },
  'rule.offered': { area: 'setting', values: NUMBERED },
  'settings.day-start': { area: 'setting', values: { fromDay: 'day', minutes: 'minutes' } },
  'settings.days-moved': { area: 'setting', values: { rows: 'count' } },
  'settings.saved': { area: 'setting' },
  'setup.finished': { area: 'setting' },
  'setup.shop-drafted': { area: 'setting' },
  'staff.added': { area: 'staff', values: OF_PERSON },
  'staff.approval-set': { area: 'staff', values: OF_PERSON },
  'staff.disabled': { area: 'staff', values: OF_PERSON },
  'staff.enabled': { area: 'staff', values: OF_PERSON },
  'staff.invented': { area: 'staff' },
  'staff.password-reset': { area: 'staff', values: OF_PERSON },
  'staff.role-set': { area: 'staff', values: OF_PERSON },
  'staff.totp-reset': { area: 'staff', values: OF_PERSON },
  'step.undone': { area: 'match', values: { action: 'choice' } },
  'till.number-added': { area: 'setting', values: NUMBERED },
} as const satisfies Readonly<Record<string, ActionWords>>;

/** What is known of an act; undefined for one of a later version of the program. */
export function wordsOf(action: string): ActionWords | undefined {
  return Object.hasOwn(AUDIT_ACTIONS, action)
    ? AUDIT_ACTIONS[action as keyof typeof AUDIT_ACTIONS]
    : undefined;
}

/** The actions of some areas: what a filter looks for. */
export function actionsIn(areas: readonly AuditArea[]): string[] {
  return Object.entries(AUDIT_ACTIONS).flatMap(([action, { area }]) =>
    areas.includes(area) ? [action] : [],
  );
}

/** How a value before or after a change is said. */
export type FieldKind =
  | 'text'
  | 'phone'
  | 'money'
  | 'at'
  | 'day'
  | 'minutes'
  | 'number'
  | 'yes-no'
  | 'choice'
  | 'clock';

/** Everything whose before and after entries hold, and its words `audit.field.<name>`. */
export const AUDIT_FIELDS: Readonly<Record<string, FieldKind>> = {
  accountReference: 'text',
  amountCents: 'money',
  approval: 'text',
  askAboveCents: 'money',
  capCents: 'money',
  cashier: 'text',
  customer: 'text',
  day: 'day',
  dayCapCents: 'money',
  dayCents: 'money',
  dayCount: 'number',
  dayStartMinutes: 'clock',
  description: 'text',
  dueAt: 'at',
  factor: 'choice',
  fingerprint: 'text',
  form: 'choice',
  isActive: 'yes-no',
  kind: 'choice',
  language: 'choice',
  marks: 'text',
  mayBePart: 'yes-no',
  name: 'text',
  notBackAfterHours: 'number',
  note: 'text',
  number: 'text',
  numbers: 'text',
  operator: 'text',
  oldestDays: 'number',
  owner: 'text',
  personDayCents: 'money',
  personDayCount: 'number',
  phone: 'phone',
  place: 'number',
  receipt: 'text',
  reference: 'text',
  role: 'choice',
  shop: 'text',
  soldAt: 'at',
  state: 'choice',
  statementsFrom: 'choice',
  status: 'choice',
  tender: 'choice',
  theme: 'choice',
  till: 'text',
  tills: 'number',
};

/** Fields that may hold what identifies a person, or words that somebody typed: sealed in every entry. */
const PERSONAL: readonly string[] = [
  'accountReference',
  'cashier',
  'customer',
  'description',
  'marks',
  'name',
  'note',
  'operator',
  'owner',
  'phone',
  'reference',
  'shop',
  'till',
];

export function isPersonal(field: string): boolean {
  return PERSONAL.includes(field);
}
