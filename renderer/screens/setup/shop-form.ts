import type { SetupDraft } from '#shared/ipc/access-channels.ts';

export type TillRow = { readonly key: number; readonly number: string; readonly name: string };

export type ShopForm = {
  readonly shopName: string;
  readonly tills: readonly TillRow[];
  readonly dayStartMinutes: number;
  readonly statementsFrom: SetupDraft['statementsFrom'];
};

/** Text ids, by field; a row is named by its key. */
export type ShopProblems = {
  readonly shopName?: 'wizard.shop-name-missing';
  readonly numbers: ReadonlyMap<number, 'wizard.number-shape' | 'wizard.number-twice'>;
  readonly names: ReadonlyMap<number, 'wizard.till-name-missing'>;
};

export const MOST_TILLS = 20;

export function openShopForm(draft: SetupDraft): ShopForm {
  const rows = draft.tills.length > 0 ? draft.tills : [{ number: '', name: '' }];
  return {
    shopName: draft.shopName,
    tills: rows.map((till, key) => ({ ...till, key })),
    dayStartMinutes: draft.dayStartMinutes,
    statementsFrom: draft.statementsFrom,
  };
}

export function addTillRow(form: ShopForm): ShopForm {
  const key = Math.max(-1, ...form.tills.map((till) => till.key)) + 1;
  return { ...form, tills: [...form.tills, { key, number: '', name: '' }] };
}

/** An empty row is one that was not needed. */
function isUsed({ number, name }: TillRow): boolean {
  return number !== '' || name.trim() !== '';
}

export function findShopProblems(form: ShopForm): ShopProblems {
  const numbers = new Map<number, 'wizard.number-shape' | 'wizard.number-twice'>();
  const names = new Map<number, 'wizard.till-name-missing'>();
  const seen = new Set<string>();
  for (const till of form.tills.filter(isUsed)) {
    if (!/^\d{4,9}$/.test(till.number)) numbers.set(till.key, 'wizard.number-shape');
    else if (seen.has(till.number)) numbers.set(till.key, 'wizard.number-twice');
    seen.add(till.number);
    if (till.name.trim() === '') names.set(till.key, 'wizard.till-name-missing');
  }
  return {
    ...(form.shopName.trim() === '' ? { shopName: 'wizard.shop-name-missing' as const } : {}),
    numbers,
    names,
  };
}

export function isShopReady({ shopName, numbers, names }: ShopProblems): boolean {
  return shopName === undefined && numbers.size === 0 && names.size === 0;
}

/** The tills to save: without the rows that were not needed. */
export function readTills(form: ShopForm): { number: string; name: string }[] {
  return form.tills.filter(isUsed).map(({ number, name }) => ({ number, name: name.trim() }));
}
