import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp } from '#main/app.ts';
import type { App } from '#main/app-types.ts';
import { openMemoryVault } from '#main/vault/memory-vault.ts';
import { ROLES, type Role } from '#shared/domain/access/permissions.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import { CHANNELS } from '#shared/ipc/channels.ts';
import type { ChannelName, Input, Output } from '#shared/ipc/contract.ts';
import type { Result } from '#shared/ipc/result.ts';
import { freshFolder } from '#test/helpers/open-shop.ts';
import { PEOPLE } from '#test/helpers/people.ts';
import { prepareProfile, quickPasswords } from '#test/helpers/prepare-profile.ts';
import { unwrap } from '#test/helpers/results.ts';
import { validInputs } from '#test/helpers/valid-inputs.ts';
import { WORKER } from '#test/helpers/worker-url.ts';

/*
 * S24: numbers that are in the books in full, wherever Safaricom, a customer or a cashier may have written them. No
 * answer to any role shows one of them, except the one channel that is for it.
 */
const CANARIES = {
  statementParty: '0733100201',
  accountNumber: '0733100202',
  nameInStatement: '0733100203',
  salePhone: '0733100204',
  barePhone: '733100205',
  saleCustomer: '254733100206',
  saleReference: '0733100207',
  description: '+254 733 100 208',
  previewPhone: '0733100209',
  refusedCell: '0733100210',
} as const;
/** The national digits, however they are spaced. */
const SHOWN_IN_FULL = /7[ .-]?3[ .-]?3[ .-]?1[ .-]?0[ .-]?0[ .-]?2[ .-]?(0[ .-]?\d|1[ .-]?0)/;

const DAY = '2026-03-14' as BusinessDay;
const scope = { from: DAY, to: DAY, tillId: null };
const STATEMENT = `Account Holder:,DEMO DUKA
Short Code:,1234567
Account:,Merchant Account
Time Period:,From,14-03-2026 00:00:00,To,14-03-2026 23:59:59
Operator:,Demo,Organization:,DEMO DUKA,Date of Report:,20-03-2026 07:00:00
Opening Balance:,0.0,Closing Balance:,600.0
Receipt No.,Completion Time,Initiation Time,Details,Transaction Status,Paid In,Withdrawn,Balance,Balance Confirmed,Reason Type,Other Party Info,Linked Transaction ID,A/C No.,Currency
UCE0CANA03,14-03-2026 10:00:00,14-03-2026 10:00:00,Merchant Payment from ${CANARIES.nameInStatement} KIOSK,Completed,300.0,,600.0,true,Pay Merchant,${CANARIES.nameInStatement} KIOSK,,,KES
UCE0CANA02,14-03-2026 09:00:00,14-03-2026 09:00:00,Pay Bill from 070****101 - AMINA EXAMPLE Acc. ${CANARIES.accountNumber},Completed,200.0,,300.0,true,Pay Utility,070****101 - AMINA EXAMPLE,,${CANARIES.accountNumber},KES
UCE0CANA01,14-03-2026 08:00:00,14-03-2026 08:00:00,Merchant Payment from ${CANARIES.statementParty} - ALICE EXAMPLE,Completed,100.0,,100.0,true,Pay Merchant,${CANARIES.statementParty} - ALICE EXAMPLE,,,KES
`;
const SALES = `time,amount,reference,receipt,phone,customer,account,cashier,description
2026-03-14 08:01:00,100,S-1,UCE0CANA01,${CANARIES.salePhone},ALICE EXAMPLE,,Njeri,flour
2026-03-14 08:31:00,150,S-2,,${CANARIES.barePhone},BRIAN EXAMPLE,,Njeri,sugar for ${CANARIES.description}
2026-03-14 09:01:00,200,${CANARIES.saleReference},,,call ${CANARIES.saleCustomer},${CANARIES.accountNumber},Njeri,oil
2026-03-14 09:31:00,${CANARIES.refusedCell} bob,S-4,,,,,Njeri,salt
`;
const MAPPED = `Saa,Jumla,Simu ya mteja,Mteja
2026-03-14 11:00:00,50,${CANARIES.previewPhone},wa ${CANARIES.saleCustomer}
`;

let app: App;
let folder: string;
let ids: { payments: number[]; sales: number[]; statement: number; salesFile: number };

beforeAll(async () => {
  folder = freshFolder();
  const profile = join(folder, 'profile');
  const vault = openMemoryVault();
  await prepareProfile(profile, vault, { passwords: quickPasswords() });
  const about = { profile, host: 'preview', vault, workerUrl: WORKER, version: '0.0.0-test' } as const;
  app = await openApp({ ...about, demo: false, isPackaged: false, passwords: quickPasswords() });
  await signInAs('owner');
  await bringIn('statement.csv', STATEMENT);
  unwrap(await call('tills:add', { number: '1234567', name: 'Counter', tillId: null }));
  await bringIn('statement.csv', STATEMENT);
  await bringIn('sales.csv', SALES);
  const sales = unwrap(await call('sale:list', { ...validInputs['sale:list'], ...scope })).sales;
  const rows = unwrap(
    await call('reconcile:rows', {
      ...validInputs['reconcile:rows'],
      ...scope,
      tab: 'all',
      kinds: [],
      search: '',
    }),
  ).rows;
  const statements = unwrap(await call('import:list', { kind: 'statement', after: null, limit: 10 })).imports;
  const salesFiles = unwrap(await call('import:list', { kind: 'sales', after: null, limit: 10 })).imports;
  ids = {
    payments: [...new Set(rows.flatMap((row) => row.payments.map(({ id }) => id)))],
    sales: sales.map(({ id }) => id),
    statement: statements[0]?.id ?? 0,
    salesFile: salesFiles[0]?.id ?? 0,
  };
}, 60_000);
afterAll(() => app.close());

async function call<C extends ChannelName>(channel: C, input: Input<C>): Promise<Result<Output<C>>> {
  return (await app.call({ window: 'main' }, channel, input)) as Result<Output<C>>;
}

async function signInAs(role: Role): Promise<void> {
  const { name, password } = PEOPLE[role];
  unwrap(await call('access:sign-in', { name, password, code: null }));
}

async function admit(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  writeFileSync(path, content);
  return unwrap(await app.admitFile('main', path)).token;
}

async function bringIn(name: string, content: string): Promise<Output<'job:show'>> {
  const token = await admit(name, content);
  const { id } = unwrap(await call('import:start', { token, kind: 'auto' }));
  for (;;) {
    const job = unwrap(await call('job:show', { jobId: id }));
    if (job.state !== 'running') return job;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Everything that can be read about what was brought in. */
function readings(): { [C in ChannelName]?: Input<C>[] } {
  const rows = { ...validInputs['reconcile:rows'], ...scope, kinds: [], search: '' };
  return {
    'reconcile:summary': [scope],
    'reconcile:rows': (['todo', 'matched', 'parked', 'all'] as const).map((tab) => ({ ...rows, tab })),
    'reconcile:candidates': ids.payments.map((id) => ({ payments: [id], sales: [], search: '', limit: 50 })),
    'sale:list': [{ ...validInputs['sale:list'], ...scope }],
    'ledger:show': [
      ...ids.payments.map((id) => ({ type: 'payment' as const, id })),
      ...ids.sales.map((id) => ({ type: 'sale' as const, id })),
    ],
    'ledger:search': [...Object.values(CANARIES), 'UCE0CANA', 'S-'].map((search) => ({ search, limit: 20 })),
    'import:list': (['statement', 'sales'] as const).map((kind) => ({ kind, after: null, limit: 10 })),
    'import:show': [{ importId: ids.statement }, { importId: ids.salesFile }],
    'import:problems': [ids.statement, ids.salesFile].map((importId) => ({
      importId,
      after: null,
      limit: 50,
    })),
    'import:plan-undo': [{ importId: ids.statement }],
    'review:list': [{ state: 'open', after: null }],
    'step:list': [{ after: null, limit: 50 }],
    'job:list': [{}],
    'rule:list': [{}],
    'coverage:month': [{ month: '2026-03', tillId: null }],
    'app:state': [{}],
  };
}

it('the books hold every canary, and the one channel shows it', async () => {
  await signInAs('owner');
  const shown: string[] = [];
  const items = [
    ...ids.payments.map((id) => ({ type: 'payment' as const, id })),
    ...ids.sales.map((id) => ({ type: 'sale' as const, id })),
  ];
  for (const item of items) shown.push(unwrap(await call('phone:reveal', item)).phone);
  expect(shown.sort()).toEqual([
    '0733 100 201',
    '0733 100 202',
    '0733 100 203',
    '0733 100 204',
    '0733 100 205',
    '0733 100 207',
  ]);
});

describe('the audit log', () => {
  it('says that a number was changed, masked before and after', async () => {
    await signInAs('clerk');
    const sale = unwrap(await call('sale:list', { ...validInputs['sale:list'], ...scope })).sales.find(
      ({ customer }) => customer === 'BRIAN EXAMPLE',
    );
    if (!sale) throw new Error('the sale is not there');
    const fields = { ...validInputs['sale:add'], reference: sale.reference, at: sale.at, day: sale.day };
    const { amountCents, customer, cashier, receipt } = sale;
    const edit = { ...fields, amountCents, customer, cashier, receipt, saleId: sale.id };
    unwrap(await call('sale:edit', { ...edit, phone: CANARIES.salePhone }));
    unwrap(await call('sale:edit', { ...edit, phone: CANARIES.barePhone }));
    for (const role of ['owner', 'manager', 'auditor'] as const) {
      await signInAs(role);
      const list = unwrap(await call('audit:list', { ...validInputs['audit:list'], limit: 200 }));
      expect(JSON.stringify(list)).not.toMatch(SHOWN_IN_FULL);
      expect(JSON.stringify(list)).toContain('0733 ••• 205');
      for (const { seq } of list.entries)
        expect(JSON.stringify(unwrap(await call('audit:show', { seq })))).not.toMatch(SHOWN_IN_FULL);
    }
  });
});

describe.each(ROLES)('to the %s', (role) => {
  it('no reading shows a number in full, and the lists show masks', async () => {
    await signInAs(role);
    const masked = new Set<string>();
    for (const [channel, inputs] of Object.entries(readings())) {
      for (const input of inputs) {
        const answer = await app.call({ window: 'main' }, channel, input);
        expect(answer, `${channel} ${JSON.stringify(input)}`).toMatchObject({ ok: true });
        const text = JSON.stringify(answer);
        expect(text, channel).not.toMatch(SHOWN_IN_FULL);
        for (const mask of text.match(/0733 ••• 2\d\d/g) ?? []) masked.add(mask);
      }
    }
    expect(masked.size).toBeGreaterThanOrEqual(8);
  });
});

it('no preview of a file shows a number in full', async () => {
  await signInAs('clerk');
  const job = await bringIn('mauzo.csv', MAPPED);
  expect(job.question?.ask).toBe('columns');
  expect(JSON.stringify(job)).not.toMatch(SHOWN_IN_FULL);
  const map = { Saa: 'time', Jumla: 'amount', 'Simu ya mteja': 'phone', Mteja: 'customer' } as const;
  const token = await admit('mauzo-2.csv', MAPPED);
  const preview = unwrap(await call('import:preview-sales', { token, map, dates: null }));
  expect(preview.rows[0]?.sale).toMatchObject({ phone: '0733 ••• 209', customer: 'wa 0733 ••• 206' });
  expect(JSON.stringify(preview)).not.toMatch(SHOWN_IN_FULL);
});

/** A wrong password or code only makes the next one wait, and the right one changes who can come in. */
const TAKES_A_SECRET: readonly ChannelName[] = [
  'access:confirm',
  'access:unlock',
  'account:change-password',
  'recovery:open',
  'recovery:reset-owner',
];

it('whatever else is asked of any channel by any role, no answer shows one', async () => {
  const asked = CHANNELS.filter((name) => name !== 'phone:reveal' && !TAKES_A_SECRET.includes(name));
  for (const role of ROLES) {
    for (const channel of asked) {
      await signInAs(role);
      const answer = await app.call({ window: 'main' }, channel, validInputs[channel]);
      expect(JSON.stringify(answer), `${role} ${channel}`).not.toMatch(SHOWN_IN_FULL);
    }
  }
}, 60_000);
