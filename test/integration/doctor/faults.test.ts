import { randomBytes } from 'node:crypto';
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openDarajaLine } from '#main/daraja/http-line.ts';
import { SHIPPED_CERTIFICATES } from '#main/daraja/known-certificates.ts';
import { lastCalls } from '#main/db/queries/api-calls.ts';
import { selectCredential } from '#main/db/queries/credentials.ts';
import { silentLog } from '#main/log/log.ts';
import { openCollector } from '#main/services/inbox/collector.ts';
import { ask } from '#main/services/safaricom/ask.ts';
import { purposeOf, RELAY_PURPOSE, readRelayKeys } from '#main/services/safaricom/kept-secrets.ts';
import { endSilentCalls } from '#main/services/safaricom/silent-calls.ts';
import { DAY, HOUR, MINUTE, type UtcMs } from '#shared/domain/time.ts';
import { posted, unreached } from '#test/daraja-simulator/fault.ts';
import { inventShop } from '#test/daraja-simulator/shop.ts';
import { change, type DoctorShop, doctorOf, openDoctorShop } from '#test/helpers/doctor-shop.ts';
import { openSafaricomShop, PAYBILL, type SafaricomShop, TILL } from '#test/helpers/safaricom-shop.ts';

async function retype(shop: SafaricomShop, kind: 'app' | 'look-up-operator', secret: object): Promise<void> {
  await shop.parts.secrets.write(purposeOf(PAYBILL, kind), JSON.stringify(secret));
}

/** Asks about the PayBill alone: what goes wrong there must not be told of the till. */
async function askPayBill({ askAndHear }: DoctorShop): Promise<void> {
  await askAndHear({ shortCode: PAYBILL });
}

test('everything is well: nothing has to be mended', async () => {
  const { askAndHear, lookAround, told, doctor, shop } = await openDoctorShop();
  await askAndHear();
  // One operator for both numbers: while its first answer is awaited, it is not asked with again.
  expect(doctor.show().notAsked).toMatchObject([
    { shortCode: PAYBILL, why: { id: 'safaricom.being-tried' } },
  ]);
  await askAndHear({ shortCode: PAYBILL });
  await lookAround();
  expect(told('token')).toEqual([`ok doctor.token.ok ${TILL}`, `ok doctor.token.ok ${PAYBILL}`]);
  expect(told('initiator')).toEqual([`ok doctor.initiator.ok ${TILL}`, `ok doctor.initiator.ok ${PAYBILL}`]);
  for (const name of [
    'relay',
    'clock-skew',
    'certificate',
    'database',
    'keychain',
    'disk-space',
    'audit-log',
  ])
    expect(told(name).map((line) => line.split(' ')[0])).toEqual(['ok']);
  expect(doctor.show().checks.filter(({ level }) => level === 'failure')).toEqual([]);
  // One question each, and no more.
  expect(shop.simulator.journal.calls('balance')).toHaveLength(2);
  expect(shop.simulator.journal.calls('status')).toHaveLength(0);
});

test('with payments in the books it asks about one of before', async () => {
  const doctor = await openDoctorShop();
  const { shop } = doctor;
  const payment = shop.simulator.pay({ cents: 500_00, shortCode: PAYBILL });
  change(shop, (db) => {
    const { till_id: tillId } = db.get<{ till_id: number }>(
      'SELECT till_id FROM till_numbers WHERE number = ?',
      PAYBILL,
    ) ?? { till_id: 0 };
    const account = db.run(
      `INSERT INTO accounts (till_id, name) VALUES (?, 'Utility Account')`,
      tillId,
    ).lastId;
    const wording = db.run(`INSERT INTO wordings (details_template) VALUES ('Pay Bill')`).lastId;
    db.run(
      `INSERT INTO movements (till_id, receipt, direction, amount_cents, occurrence, account_id, kind, classifier_version,
         status, completed_at, time_precision, business_day, wording_id, import_id)
       VALUES (?, ?, 'in', 50000, 1, ?, 'customer-payment', 1, 'completed', ?, 'second', '2026-11-20', ?, -1)`,
      tillId,
      payment.receipt,
      account,
      shop.simulator.now() - 2 * HOUR,
      wording,
    );
  });
  await askPayBill(doctor);
  expect(shop.simulator.journal.calls('status')).toHaveLength(1);
  expect(doctor.told('initiator')).toContain(`ok doctor.initiator.ok ${PAYBILL}`);
});

describe('the keys', () => {
  test('wrong ones are told, and stop what would use them', async () => {
    const doctor = await openDoctorShop();
    await retype(doctor.shop, 'app', { key: 'a-key', secret: 'of another app' });
    await askPayBill(doctor);
    expect(doctor.told('token')).toContain(`failure doctor.token.refused ${PAYBILL} +`);
    expect(doctor.doctor.show().notAsked).toMatchObject([{ shortCode: PAYBILL }]);
    expect(selectCredential(doctor.shop.core.ledger.read, PAYBILL, 'app')?.state).toBe('refused');
    await askPayBill(doctor);
    expect(doctor.shop.simulator.journal.calls('token')).toHaveLength(1);
  });

  test('wrong ones that another question found are told, too', async () => {
    const doctor = await openDoctorShop();
    await retype(doctor.shop, 'app', { key: 'a-key', secret: 'of another app' });
    const { parts, actor } = doctor.shop;
    await ask(parts, actor, { product: 'balance', shortCode: PAYBILL }, { subject: 'balance' });
    expect(doctor.told('token')).toContain(`failure doctor.token.refused ${PAYBILL} +`);
  });

  test('no network is not the keys’ fault', async () => {
    const doctor = await openDoctorShop({
      over: () => ({
        line: openDarajaLine({
          origin: 'http://127.0.0.1:1',
          now: () => 0 as UtcMs,
          log: silentLog,
          pace: 0,
        }),
      }),
    });
    await askPayBill(doctor);
    expect(doctor.told('token')).toContain(`failure doctor.token.offline ${PAYBILL} +`);
    expect(selectCredential(doctor.shop.core.ledger.read, PAYBILL, 'app')?.state).toBe('untried');
  });

  test('a gateway’s page says nothing about them', async () => {
    const doctor = await openDoctorShop();
    doctor.shop.simulator.always('token', unreached.gatewayPage());
    await askPayBill(doctor);
    expect(doctor.told('token')).toContain(`warning doctor.token.busy ${PAYBILL} +`);
  });
});

describe('products', () => {
  test('one that the app lacks is named', async () => {
    const full = inventShop('production');
    const apps = full.apps.map((app) => ({
      ...app,
      products: app.products.filter((name) => name !== 'balance' && name !== 'pull-query'),
    }));
    const doctor = await openDoctorShop({ simulator: { shop: { ...full, apps } } });
    await askPayBill(doctor);
    expect(doctor.told('products')).toContain(`warning doctor.products.lacking ${PAYBILL} +`);
    const { parts, actor, simulator } = doctor.shop;
    const to = simulator.now();
    const from = (to - HOUR) as UtcMs;
    await ask(
      parts,
      actor,
      { product: 'pull-query', shortCode: PAYBILL, from, to, offset: 0 },
      { subject: 'pull' },
    );
    expect(doctor.told('products').filter((line) => line.includes(PAYBILL))).toHaveLength(2);
    const lines = doctor.doctor
      .show()
      .checks.filter(({ name, about }) => name === 'products' && about === PAYBILL);
    expect(lines.map(({ finding }) => finding.values?.product).sort()).toEqual(['balance', 'pull_query']);
  });
});

describe('the operator', () => {
  const problemOf = ({ doctor }: DoctorShop) =>
    doctor.show().checks.find(({ name, about }) => name === 'initiator' && about === PAYBILL)?.finding.values
      ?.problem;

  test('a wrong password', async () => {
    const doctor = await openDoctorShop();
    await retype(doctor.shop, 'look-up-operator', { name: 'mfanolook', password: 'Wrong#1' });
    await askPayBill(doctor);
    expect(problemOf(doctor)).toBe('wrong');
    // Safaricom said no once: it is not asked again before somebody has mended it.
    await askPayBill(doctor);
    expect(doctor.shop.simulator.operators.badTriesOf('mfanolook')).toBe(1);
    expect(doctor.doctor.show().notAsked).toMatchObject([{ why: { id: 'safaricom.credential-refused' } }]);
  });

  test('a password that has run out after 90 days', async () => {
    const doctor = await openDoctorShop();
    await doctor.shop.simulator.advance(91 * DAY);
    await askPayBill(doctor);
    expect(problemOf(doctor)).toBe('expired');
    expect(doctor.told('due-dates')).toContain(`failure doctor.due-dates.over ${PAYBILL} +`);
  });

  test.each([
    ['8006', 'API Password is locked.', 'locked'],
    ['20', 'Unresolved Initiator', 'unknown_name'],
    ['21', 'The initiator is not allowed to initiate this request', 'no_role'],
    ['TP40153', 'No permission', 'no_role'],
    ['18', 'Initiator Credential Check Failure', 'encryption'],
  ])('refused with %s', async (code, text, problem) => {
    const doctor = await openDoctorShop();
    doctor.shop.simulator.next('balance', posted.answeredWith(code, text));
    await askPayBill(doctor);
    expect(problemOf(doctor)).toBe(problem);
    expect(doctor.told('initiator')).toContain(`failure doctor.initiator.refused ${PAYBILL} +`);
  });

  test('no answer is no proof, and after ten minutes it is said so', async () => {
    const doctor = await openDoctorShop();
    const { shop } = doctor;
    shop.simulator.next('balance', posted.silence());
    await askPayBill(doctor);
    expect(doctor.told('initiator')).toContain(`not-checked doctor.initiator.waiting ${PAYBILL}`);
    await shop.simulator.advance(11 * MINUTE);
    endSilentCalls(shop.core);
    expect(doctor.told('initiator')).toContain(`warning doctor.initiator.silent ${PAYBILL} +`);
  });

  test('a code that nobody knows is shown as it came', async () => {
    const doctor = await openDoctorShop();
    doctor.shop.simulator.next('balance', posted.answeredWith('ZZ77', 'Something new'));
    await askPayBill(doctor);
    const line = doctor.doctor
      .show()
      .checks.find(({ name, about }) => name === 'initiator' && about === PAYBILL);
    expect(line).toMatchObject({ level: 'warning', finding: { values: { words: 'ZZ77 Something new' } } });
  });

  test('its answer still counts after a restart', async () => {
    const doctor = await openDoctorShop();
    doctor.shop.simulator.next('balance', posted.delayed(5 * MINUTE));
    await askPayBill(doctor);
    const again = await doctor.shop.reopen();
    await again.simulator.advance(6 * MINUTE);
    await again.collect();
    const [call] = lastCalls(again.core.ledger.read, 'balance', PAYBILL, 1);
    expect(call).toMatchObject({ state: 'answered', subject: 'doctor' });
    expect(selectCredential(again.core.ledger.read, PAYBILL, 'look-up-operator')?.state).toBe('working');
  });
});

describe('the certificate', () => {
  test('the sandbox’s in production is found before anything is asked', async () => {
    const doctor = await openDoctorShop();
    change(doctor.shop, (db) => db.run('UPDATE certificates SET pem = ?', SHIPPED_CERTIFICATES.sandbox));
    expect(doctor.told('certificate')).toEqual(['failure doctor.certificate.wrong +']);
    await askPayBill(doctor);
    expect(doctor.shop.simulator.journal.calls('balance')).toHaveLength(0);
  });
});

describe('the relay', () => {
  test('none is paired', async () => {
    const { told } = await openDoctorShop({ isPaired: false });
    expect(told('relay')).toEqual(['warning doctor.relay.none +']);
  });

  test('it is down', async () => {
    const { told, shop } = await openDoctorShop({ reach: () => 'http://127.0.0.1:1' });
    await expect(shop.collect()).rejects.toThrow();
    expect(told('relay')).toEqual(['failure doctor.relay.unreachable +']);
  });

  test('other keys count there', async () => {
    const { told, shop } = await openDoctorShop();
    const keys = await readRelayKeys(shop.parts.secrets);
    if (!keys.ok) throw new Error('the keys are gone');
    const other = { ...keys.value, signSeed: randomBytes(32).toString('hex') };
    await shop.parts.secrets.write(RELAY_PURPOSE, JSON.stringify(other));
    // Nothing proves that it was the relay who said so: it is believed when it says it again and again.
    const collector = openCollector(shop.parts, shop.relayLine);
    const { signal } = new AbortController();
    for (let round = 1; round <= 3; round += 1) await collector.round(0, signal);
    expect(told('relay')).toEqual(['failure doctor.relay.stopped +']);
  });

  test('its keys are gone from the keychain', async () => {
    const { told, shop } = await openDoctorShop();
    await shop.parts.secrets.remove(RELAY_PURPOSE);
    await expect(shop.collect()).rejects.toThrow();
    expect(told('relay')).toEqual(['failure doctor.relay.no-keys +']);
  });

  test('its address has a word that Safaricom refuses, or is not https', async () => {
    const { told, shop } = await openDoctorShop();
    change(shop, (db) => db.run(`UPDATE relay_pairing SET origin = 'https://mpesa.duka.example'`));
    expect(told('callback-urls')).toContain('failure doctor.callback-urls.banned +');
    change(shop, (db) => db.run(`UPDATE relay_pairing SET origin = 'http://relay.duka.example'`));
    expect(told('callback-urls')).toContain('failure doctor.callback-urls.not-https +');
  });
});

test('a clock that is seven minutes slow is found by the date of an answer', async () => {
  const shop = await openSafaricomShop({ environment: 'production' });
  const now = () => (shop.core.now() - 7 * MINUTE) as UtcMs;
  const line = openDarajaLine({ origin: shop.simulator.origin, now, log: silentLog, pace: 0 });
  const doctor = doctorOf(shop, () => ({ line }));
  await askPayBill(doctor);
  expect(doctor.told('clock-skew')).toEqual(['failure doctor.clock-skew.off +']);
});

describe('the keychain', () => {
  const broken = (problem: 'locked' | 'unavailable') => ({
    over: () => ({
      secrets: {
        read: async () => ({ ok: false as const, problem }),
        write: async () => ({ ok: false as const, problem }),
        remove: async () => ({ ok: false as const, problem }),
      },
    }),
  });

  test('locked', async () => {
    const { lookAround, told } = await openDoctorShop(broken('locked'));
    await lookAround();
    expect(told('keychain')).toEqual(['failure doctor.keychain.locked +']);
    expect(told('credentials')).toContain(`not-checked doctor.credentials.unknown ${PAYBILL}`);
  });

  test('not there', async () => {
    const { lookAround, told } = await openDoctorShop(broken('unavailable'));
    await lookAround();
    expect(told('keychain')).toEqual(['failure doctor.keychain.none +']);
  });

  test('without a secret that was typed', async () => {
    const { lookAround, told, shop } = await openDoctorShop();
    await shop.parts.secrets.remove(purposeOf(PAYBILL, 'look-up-operator'));
    await lookAround();
    expect(told('credentials')).toEqual([
      `failure doctor.credentials.lost ${PAYBILL} +`,
      `ok doctor.credentials.ok ${TILL}`,
    ]);
  });
});

describe('the disk', () => {
  test('almost full', async () => {
    const { lookAround, told } = await openDoctorShop({
      desk: { freeSpace: async () => ({ bavail: 10, bsize: 4096 }) },
    });
    await lookAround();
    expect(told('disk-space')).toEqual(['failure doctor.disk-space.full +']);
  });

  test('one that does not say how full it is', async () => {
    const freeSpace = async () => {
      throw Object.assign(new Error('no'), { code: 'ENOSYS' });
    };
    const { lookAround, told } = await openDoctorShop({ desk: { freeSpace } });
    await lookAround();
    expect(told('disk-space')).toEqual(['not-checked doctor.disk-space.unknown']);
  });

  test('a page of the books that went bad', async () => {
    const { lookAround, told, shop } = await openDoctorShop();
    const { path } = shop.core.ledger.access;
    for await (const _ of shop.core.workers.run('checkpoint', { access: shop.core.ledger.access }));
    const file = openSync(path, 'r+');
    const size = statSync(path).size;
    for (let at = 20 * 4096; at < size; at += 8 * 4096) writeSync(file, randomBytes(64), 0, 64, at + 512);
    closeSync(file);
    await lookAround();
    expect(told('database')).toEqual(['failure doctor.database.damaged +']);
  });

  test('reading all of it can be stopped', async () => {
    const { doctor, told, shop } = await openDoctorShop();
    const started = doctor.run(true);
    if (!started.ok) throw new Error('it did not start');
    doctor.cancel(started.value.id, 'owner');
    await doctor.settle();
    expect(shop.book.show(started.value.id, 'owner')).toMatchObject({ state: 'cancelled' });
    expect(told('database')).toEqual(['not-checked doctor.database.unknown']);
  });
});
