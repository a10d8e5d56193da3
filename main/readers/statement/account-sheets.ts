import type { Table } from '../container/types.ts';

/** `M-PESA FULL STATEMENT - Utility`: the workbook that is a PDF statement's twin has a sheet an account. */
const SHEET = /^\s*M-?PESA (?:FULL )?STATEMENT\s*-\s*(\S.*?)\s*$/i;

/**
 * Joins the account sheets of a workbook to one table, each below an added row that names its account. Rows of a
 * later sheet are numbered on from the last row of the one before.
 */
export function joinAccountSheets(tables: readonly Table[]): readonly Table[] {
  const sheets = tables.flatMap((table) => {
    const account = SHEET.exec(table.name)?.[1];
    return account === undefined ? [] : [{ table, account: fullName(account) }];
  });
  if (sheets.length === 0) return tables;
  const joined: Table = {
    name: 'M-PESA FULL STATEMENT',
    async *rows(options) {
      let offset = 0;
      for (const { table, account } of sheets) {
        yield [{ row: offset, cells: ['Account Type', account], problem: null }];
        let last = 0;
        for await (const batch of table.rows(options)) {
          yield batch.map((row) => ({ ...row, row: row.row + offset }));
          last = batch.at(-1)?.row ?? last;
        }
        offset += last;
      }
    },
  };
  return [joined, ...tables.filter((table) => !SHEET.test(table.name))];
}

/** A sheet's name is cut at 31 characters, so it says `Utility` for `Utility Account`. */
function fullName(account: string): string {
  const tidy = account.replace(/\s+/g, ' ');
  return /account$/i.test(tidy) ? tidy : `${tidy} Account`;
}
