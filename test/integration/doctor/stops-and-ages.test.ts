import { expect, test } from 'vitest';
import { noteCopy } from '#main/services/doctor/note-copy.ts';
import { purposeOf } from '#main/services/safaricom/kept-secrets.ts';
import { DAY } from '#shared/domain/time.ts';
import { posted } from '#test/daraja-simulator/fault.ts';
import { change, openDoctorShop } from '#test/helpers/doctor-shop.ts';
import { PAYBILL, TILL } from '#test/helpers/safaricom-shop.ts';

test('an operator that Safaricom refuses for one number is not tried for the other in the same run', async () => {
  const doctor = await openDoctorShop({ collects: true, desk: { patienceMs: 20_000 } });
  const { simulator } = doctor.shop;
  simulator.next('balance', posted.answeredWith('2001', 'The initiator information is invalid.'));
  simulator.next('balance', posted.answeredWith('2001', 'The initiator information is invalid.'));
  await doctor.askAndHear();
  expect(simulator.journal.calls('balance')).toHaveLength(1);
  expect(doctor.told('initiator')).toEqual([
    `failure doctor.initiator.refused ${TILL} +`,
    `failure safaricom.credential-refused-by ${PAYBILL} +`,
  ]);
  const lines = doctor.doctor.show().checks.filter(({ name }) => name === 'initiator');
  expect(lines.map(({ mend }) => mend?.values)).toMatchObject([
    { others: 1, codes: PAYBILL },
    { others: 1, codes: TILL },
  ]);
  await doctor.askAndHear();
  expect(simulator.journal.calls('balance')).toHaveLength(1);
});

test('an expired password is told from a wrong one by its own age, not by when it was typed', async () => {
  const doctor = await openDoctorShop();
  const { shop } = doctor;
  const secret = JSON.stringify({ name: 'mfanolook', password: 'of before' });
  await shop.parts.secrets.write(purposeOf(PAYBILL, 'look-up-operator'), secret);
  change(shop, (db) =>
    db.run(`UPDATE credentials SET due_at = ? WHERE kind = 'look-up-operator'`, shop.simulator.now()),
  );
  await doctor.askAndHear({ shortCode: PAYBILL });
  const told = doctor.doctor
    .show()
    .checks.find(({ name, about }) => name === 'initiator' && about === PAYBILL);
  expect(told?.finding.values).toMatchObject({ problem: 'expired' });
});

test('a copy is known once the owner has said so, is due after a week, and each word is in the log', async () => {
  const { doctor, shop, told } = await openDoctorShop();
  expect(told('copies')).toEqual(['warning doctor.copies.none +']);
  expect(noteCopy(shop.core, shop.actor)).toMatchObject({ ok: true });
  expect(told('copies')).toEqual(['ok doctor.copies.ok']);
  expect(doctor.show().checks.find(({ name }) => name === 'copies')?.finding.values).toEqual({
    at: { at: shop.core.now() },
  });
  const noted = shop.core.ledger.read.all(
    `SELECT subject, staff_id AS staffId FROM audit_entries WHERE action = 'copy.noted'`,
  );
  expect(noted).toEqual([{ subject: 'copy', staffId: shop.actor.staffId }]);
  await shop.simulator.advance(9 * DAY);
  expect(told('copies')).toEqual(['warning doctor.copies.old +']);
});
