import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AuditJobs, openAuditJobs } from '#main/services/audit/audit-jobs.ts';
import { showHead } from '#main/services/audit/show-head.ts';
import type { Core } from '#main/services/core.ts';
import { openJobBook } from '#main/services/job-book.ts';
import { type OfferedFiles, openOfferedFiles } from '#main/services/offered-files.ts';
import { addTillNumber } from '#main/services/tills.ts';
import { headCode } from '#shared/domain/audit/head-code.ts';
import { type Job, job as jobSchema } from '#shared/ipc/views.ts';
import { render } from '#shared/text/render.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { makeRoot } from '#test/helpers/root-key.ts';
import { sessionOf } from '#test/helpers/router.ts';
import { runCli } from '#test/helpers/run-cli.ts';

const OWNER = { ...sessionOf('owner'), id: 'a'.repeat(64) };

let shop: TestShop;
let jobs: AuditJobs;
let offered: OfferedFiles;
let session: typeof OWNER | null;
let exportsFolder: string;
let told: unknown[];
beforeEach(async () => {
  shop = await openShop();
  await shop.core.audit.begin(shop.actor, makeRoot());
  session = OWNER;
  exportsFolder = join(shop.folder, 'exports');
  offered = openOfferedFiles(exportsFolder, (window) => (window === 'main' ? session : null));
  told = [];
  const tell: Core['tell'] = (event, payload) => {
    if (event === 'job:progress') told.push(payload);
  };
  const core: Core = { ...shop.core, tell };
  jobs = openAuditJobs(core, openJobBook(core), offered);
});
afterEach(async () => {
  await jobs.settle();
  await shop.close();
});

/** The job as a window sees it when it is over. */
async function end(started: ReturnType<AuditJobs['verify']>): Promise<Job> {
  unwrap(started);
  await jobs.settle();
  return jobSchema.parse(told.at(-1));
}
const actions = () =>
  shop.core.ledger.read
    .all<{ action: string; details: string }>('SELECT action, details FROM audit_entries ORDER BY seq')
    .map(({ action, details }) => ({ action, ...(JSON.parse(details) as object) }));

describe('a check', () => {
  test('of a whole log says so, and is on the record', async () => {
    const { code } = unwrap(showHead(shop.core));
    const job = await end(jobs.verify(OWNER, code));
    expect(job).toMatchObject({ state: 'done', kind: 'verify', failure: null, fraction: 1 });
    const words = job.outcome ? render(job.outcome, 'en') : '';
    expect(words).toMatch(/^Proved up to entry \d+: .*The printed head stands in it/);
    expect(actions().at(-1)).toMatchObject({ action: 'audit.verified', result: 'whole', hasHead: true });
  });

  test('finds that the log is not the one whose head was printed', async () => {
    const { entries } = unwrap(showHead(shop.core));
    const job = await end(jobs.verify(OWNER, headCode(entries, 'f'.repeat(64))));
    expect(job).toMatchObject({ state: 'failed', outcome: null });
    expect(actions().at(-1)).toMatchObject({ action: 'audit.verified', fault: 'other-head' });
  });

  test('a mistyped head is said at once', () => {
    expect(codeOf(jobs.verify(OWNER, '12-ABC'))).toBe('ledger/bad-input');
  });

  test('with a printed head is not answered by one that has none', async () => {
    const { code } = unwrap(showHead(shop.core));
    const without = unwrap(jobs.verify(OWNER, ''));
    expect(unwrap(jobs.verify(OWNER, code)).id).not.toBe(without.id);
    await jobs.settle();
    expect(actions().filter(({ action }) => action === 'audit.verified')).toMatchObject([{ hasHead: true }]);
  });

  test('can be stopped, by whoever may read the log', async () => {
    const started = unwrap(jobs.verify(OWNER, ''));
    expect(unwrap(jobs.verify(OWNER, '')).id).toBe(started.id);
    expect(codeOf(jobs.cancel(OWNER, started.id))).toBe('ok');
    await jobs.settle();
    expect(told.at(-1)).toMatchObject({ state: 'cancelled' });
    expect(codeOf(jobs.cancel(OWNER, started.id))).toBe('ledger/not-found');
  });
});

describe('an export', () => {
  test('as JSON can be verified by anybody, holds itself, and is fetched by its token', async () => {
    unwrap(addTillNumber(shop.core, shop.actor, { number: '123456', name: '=Mama Njeri', tillId: null }));
    const job = await end(jobs.export(OWNER, 'json'));
    expect(job).toMatchObject({
      state: 'done',
      file: { name: expect.stringMatching(/^daftari-audit-.*\.jsonl$/) },
    });
    const file = offered.look('main', job.file?.token ?? '');
    const text = readFileSync(file?.path ?? '', 'utf8');
    expect(text).not.toContain('Njeri');
    expect(text.trimEnd().split('\n').at(-1)).toContain('audit.exported');
    writeFileSync(join(shop.folder, 'log.jsonl'), text);
    const run = await runCli(['audit', 'verify', 'log.jsonl', '--json'], shop.folder);
    expect(JSON.parse(run.out)).toMatchObject({ ok: true });

    expect(offered.look('approval', job.file?.token ?? '')).toBeNull();
    session = { ...OWNER, id: 'another' };
    expect(offered.look('main', job.file?.token ?? '')).toBeNull();
    session = OWNER;
    await offered.look('main', job.file?.token ?? '')?.remove();
    expect(offered.look('main', job.file?.token ?? '')).toBeNull();
    expect(readdirSync(exportsFolder)).toEqual([]);
  });

  test('as a table has a line an entry, names nobody and works nothing out', async () => {
    unwrap(addTillNumber(shop.core, shop.actor, { number: '123456', name: '=Mama Njeri', tillId: null }));
    const job = await end(jobs.export(OWNER, 'csv'));
    const text = readFileSync(offered.look('main', job.file?.token ?? '')?.path ?? '', 'utf8');
    expect(text).not.toContain('Njeri');
    expect(text).toContain('(sealed)');
    expect(text.trimEnd().split('\r\n')).toHaveLength(actions().length + 1);
  });

  test('is made anew for whoever asks next, who could not fetch that of another', async () => {
    const first = unwrap(jobs.export(OWNER, 'csv'));
    expect(unwrap(jobs.export(OWNER, 'csv')).id).toBe(first.id);
    session = { ...OWNER, id: 'b'.repeat(64) };
    const second = unwrap(jobs.export(session, 'csv'));
    expect(second.id).not.toBe(first.id);
    await jobs.settle();
    expect(told).toContainEqual(expect.objectContaining({ id: first.id, state: 'cancelled', file: null }));
    const done = jobSchema.parse(told.findLast((job) => (job as Job).id === second.id));
    expect(done.state).toBe('done');
    expect(offered.look('main', done.file?.token ?? '')).not.toBeNull();
    expect(readdirSync(exportsFolder)).toHaveLength(1);
  });

  test('that is stopped leaves no file; what was not fetched is gone at the end', async () => {
    const started = unwrap(jobs.export(OWNER, 'csv'));
    jobs.cancel(OWNER, started.id);
    await jobs.settle();
    expect(told.at(-1)).toMatchObject({ state: 'cancelled', file: null });
    expect(readdirSync(exportsFolder)).toEqual([]);
    await end(jobs.export(OWNER, 'csv'));
    expect(readdirSync(exportsFolder)).toHaveLength(1);
    offered.removeAll();
    expect(existsSync(exportsFolder)).toBe(false);
  });
});
