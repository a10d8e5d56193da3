import { DAY, type UtcMs } from '#shared/domain/time.ts';
import { type Result, succeed } from '#shared/ipc/result.ts';
import { readCertificate } from '../daraja/certificate.ts';
import type { Actor } from '../db/ledger.ts';
import { insertCertificate, useCertificate } from '../db/queries/certificates.ts';
import type { ReadCredential } from '../services/credentials/read-credential.ts';
import { registerC2b, registerPull } from '../services/credentials/register.ts';
import { setCredential } from '../services/credentials/set-credential.ts';
import type { InboxDesk } from '../services/inbox/inbox-desk.ts';
import type { SafaricomParts } from '../services/safaricom/parts.ts';
import { PAYBILL, TILL } from './book.ts';
import type { DemoWorld } from './open-demo-world.ts';

/** What speaks with Safaricom and with the relay. */
export type Lines = { readonly parts: SafaricomParts; readonly inbox: InboxDesk };

/** The till's operator password is this old: it dies after 90 days, and the shop is warned before. */
const OLD_PASSWORD = 79 * DAY;
/** The number that Safaricom has of the shop's owner. */
const OWNER_PHONE = '0722000000';

/** What the owner has of Safaricom and of the relay. */
export type Equipment = {
  readonly shop: DemoWorld['safaricom']['shop'];
  /** PEM. */
  readonly certificate: string;
  readonly pairingCode: string;
};

/** What the surroundings of the demo hand to its shop. */
export async function equipmentOf({ safaricom, makePairingCode }: DemoWorld): Promise<Equipment> {
  const { shop, certificates } = safaricom;
  return { shop, certificate: certificates.production.pem, pairingCode: await makePairingCode() };
}

/**
 * Gives the shop what its owner would type and paste: Safaricom's certificate, the credentials, the relay's code. The
 * operator that sends money back is sealed to those who have a key by then.
 */
export async function equipShop(
  { shop, certificate, pairingCode }: Equipment,
  { parts, inbox }: Lines,
  actor: Actor,
): Promise<void> {
  loadCertificate(certificate, parts, actor);
  const now = parts.core.now();
  for (const { number, passkey } of shop.shortCodes) {
    const since = number === TILL ? ((now - OLD_PASSWORD) as UtcMs) : null;
    await keep(parts, actor, number, appOf(shop));
    await keep(parts, actor, number, operatorOf(shop, 'look-up-operator', since));
    await keep(parts, actor, number, operatorOf(shop, 'reversal-operator', null));
    await keep(parts, actor, number, { kind: 'passkey', secret: { passkey }, ...PLAIN });
  }
  mustSucceed(await inbox.pair(actor, pairingCode), 'the relay cannot be paired');
}

const PLAIN = { name: null, form: 'plain', since: null } as const;

/** The simulator's key is its own: what came with the program opens nothing there. */
function loadCertificate(certificate: string, { core }: SafaricomParts, actor: Actor): void {
  const read = readCertificate(Buffer.from(certificate));
  if (!read.ok) throw new Error(`the certificate of the demo is none: ${read.problem}`);
  const { fingerprint, pem } = read.value;
  const subject = `certificate:${fingerprint.slice(0, 16)}`;
  const loaded = core.ledger.act(actor, 'certificate.loaded', subject, (db) => {
    insertCertificate(db, { fingerprint, pem, at: core.now(), staffId: actor.staffId });
    useCertificate(db, fingerprint);
    return succeed({ value: undefined, details: { fingerprint } });
  });
  mustSucceed(loaded, 'the certificate of the demo cannot be loaded');
}

function appOf({ apps }: Equipment['shop']): ReadCredential {
  const [app] = apps;
  if (app === undefined) throw new Error('the shop of the demo has no app');
  return { kind: 'app', secret: { key: app.consumerKey, secret: app.consumerSecret }, ...PLAIN };
}

/** The shop has two: one that may ask, and one that may send money back. */
function operatorOf(
  { operators }: Equipment['shop'],
  kind: 'look-up-operator' | 'reversal-operator',
  since: UtcMs | null,
): ReadCredential {
  const operator = operators[kind === 'look-up-operator' ? 0 : 1];
  if (operator === undefined) throw new Error(`the shop of the demo has no ${kind}`);
  const { name, password } = operator;
  return { kind, secret: { name, password }, ...PLAIN, name, since };
}

async function keep(
  parts: SafaricomParts,
  actor: Actor,
  shortCode: string,
  credential: ReadCredential,
): Promise<void> {
  const kept = await setCredential(parts, actor, { shortCode, credential, acceptsOneOperator: false });
  mustSucceed(kept, `a credential of ${shortCode} cannot be kept`);
}

/** Registers what can be registered. It takes its time: Safaricom is asked once a second. */
export async function registerShop({ parts }: Lines, actor: Actor): Promise<void> {
  for (const shortCode of [TILL, PAYBILL]) mustRegister(await registerC2b(parts, actor, { shortCode }));
  // The till is left to its statements and confirmations, so that what is only reported is to be seen.
  const pull = { shortCode: PAYBILL, nominatedNumber: OWNER_PHONE };
  mustRegister(await registerPull(parts, actor, pull));
}

function mustRegister(result: Awaited<ReturnType<typeof registerC2b>>): void {
  if (!result.ok) throw new Error(`the shop of the demo cannot be registered: ${result.error.code}`);
  const { outcome } = result.value;
  if (outcome !== 'registered') throw new Error(`the shop of the demo was not registered: ${outcome}`);
}

function mustSucceed(result: Result<unknown>, what: string): void {
  if (!result.ok) throw new Error(`${what}: ${result.error.code}`);
}
