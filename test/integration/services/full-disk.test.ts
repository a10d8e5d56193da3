import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Core } from '#main/services/core.ts';
import { importFile } from '#main/services/import-file.ts';
import { planUndo } from '#main/services/plan-undo.ts';
import { addTillNumber } from '#main/services/tills.ts';
import { undoImport } from '#main/services/undo-import.ts';
import { holdWorker } from '#test/helpers/hold-worker.ts';
import { sendNotice } from '#test/helpers/notices.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { dayStatement, salesFile } from '#test/helpers/shop-files.ts';

const ROWS = [
  { receipt: 'UCE7KQ2M4X', time: '08:00:00', amount: 150 },
  { receipt: 'UCEB9RTW6H', time: '08:05:00', amount: 200 },
];

let shop: TestShop;
let core: Core;
/** The act that finds the disk full, and every one after it, until this is null again. */
let fullFrom: string | null;
let isFull: boolean;

beforeEach(async () => {
  shop = await openShop();
  fullFrom = null;
  isFull = false;
  const act: Core['ledger']['act'] = (actor, action, subject, write) => {
    isFull = fullFrom !== null && (isFull || action === fullFrom);
    if (isFull) throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    return shop.core.ledger.act(actor, action, subject, write);
  };
  core = { ...shop.core, ledger: { ...shop.core.ledger, act } };
});
afterEach(async () => {
  await shop.close();
});

function bringIn(name: string, content: string, by: Core = core) {
  const path = join(shop.folder, name);
  writeFileSync(path, content);
  const request = { file: { path, name }, kind: 'auto', everyNumberIsOurs: true, matchAfter: true } as const;
  return importFile(by, shop.actor, request, shop.book.open('import', name));
}
async function doneImport(name: string, content: string): Promise<number> {
  const outcome = await bringIn(name, content);
  if (outcome.type !== 'done') throw new Error(outcome.type);
  return outcome.importId;
}
const undo = (importId: number) => undoImport(core, shop.actor, importId, shop.book.open('undo', null));
const states = () =>
  shop.core.ledger.read
    .all<{ state: string }>('SELECT state FROM imports WHERE id > 0 ORDER BY id')
    .map((row) => row.state);
const live = () => shop.core.ledger.read.all('SELECT id FROM live_movements').length;

describe('a full disk', () => {
  it('that stops an import and its taking back is forgotten once there is room', async () => {
    fullFrom = 'import.finished';
    expect(await bringIn('a.csv', dayStatement(ROWS))).toMatchObject({
      type: 'failed',
      reason: { id: 'import.disk-trouble' },
    });
    expect(states()).toEqual(['running']);
    expect(await bringIn('a.csv', dayStatement(ROWS))).toMatchObject({
      reason: { id: 'import.disk-trouble' },
    });
    fullFrom = null;
    expect(await bringIn('a.csv', dayStatement(ROWS))).toMatchObject({ type: 'done', counts: { new: 2 } });
    expect(states()).toEqual(['failed', 'done']);
    expect(live()).toBe(2);
  });

  it('that stops an undo is said, and the undo is carried through when it is asked for again', async () => {
    const file = await doneImport('a.csv', dayStatement(ROWS));
    fullFrom = 'import.undo-rows';
    const stopped = await undo(file);
    expect(stopped).toMatchObject({
      error: { code: 'import/disk-full', message: { id: 'undo.disk-trouble' } },
    });
    expect(states()).toEqual(['undoing']);
    fullFrom = null;
    expect(unwrap(await planUndo(core, file))).toMatchObject({ reversed: 2 });
    expect(unwrap(await undo(file))).toMatchObject({ importId: file, reversed: 2 });
    expect(states()).toEqual(['undone']);
    expect(live()).toBe(0);
  });

  it('that stopped an undo does not stand in the way of the next file, nor of another undo', async () => {
    const first = await doneImport('a.csv', dayStatement(ROWS));
    const sales = await doneImport(
      's.csv',
      salesFile([{ time: '2026-03-20 08:01:00', amount: 9, reference: 'S-1' }]),
    );
    fullFrom = 'import.undo-rows';
    await undo(first);
    fullFrom = null;
    expect(unwrap(await undo(sales))).toMatchObject({ importId: sales, reversed: 1 });
    expect(states()).toEqual(['undone', 'undone']);

    const again = await doneImport('b.csv', dayStatement(ROWS));
    fullFrom = 'import.undo-rows';
    await undo(again);
    fullFrom = null;
    expect(await bringIn('c.csv', dayStatement(ROWS, '15-03-2026'))).toMatchObject({ type: 'done' });
    expect(states()).toEqual(['undone', 'undone', 'undone', 'done']);
  });
});

describe('a full disk before reported payments are settled', () => {
  it('leaves the file in the books, and the next one settles them', async () => {
    unwrap(addTillNumber(shop.core, shop.actor, { number: '1234567', name: 'DEMO DUKA', tillId: null }));
    sendNotice(shop, { receipt: 'UCE7KQ2M4X', time: '20260314080000', amount: 150 });
    const hangsOn = () =>
      shop.core.ledger.read.get<{ on: number }>(
        `SELECT import_id AS "on" FROM movements WHERE receipt = 'UCE7KQ2M4X'`,
      )?.on;
    fullFrom = 'import.settled';
    expect(await bringIn('a.csv', dayStatement(ROWS))).toMatchObject({ type: 'done' });
    expect([states(), hangsOn()]).toEqual([['done'], -2]);
    fullFrom = null;
    await doneImport('b.csv', dayStatement(ROWS, '15-03-2026'));
    expect(hangsOn()).toBe(1);
  });
});

describe('an import that a job is working on', () => {
  it('is not taken back by another, which is refused', async () => {
    const held = holdWorker(core, 'read-statement', 'rows');
    const first = bringIn('a.csv', dayStatement(ROWS), held.core);
    await held.reached;
    expect(await bringIn('b.csv', dayStatement(ROWS))).toMatchObject({
      type: 'failed',
      reason: { id: 'import.already-running' },
    });
    const running = shop.core.ledger.read.get<{ id: number }>('SELECT id FROM imports WHERE id > 0')?.id ?? 0;
    expect(codeOf(await planUndo(core, running))).toBe('import/not-undoable');
    held.release();
    expect(await first).toMatchObject({ type: 'done', counts: { new: 2 } });
    expect(states()).toEqual(['done']);
  });
});
