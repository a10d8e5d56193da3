import { PROGRAM, type WriteDb } from '#main/db/ledger.ts';
import { type DeskOptions, type DoctorDesk, openDoctorDesk } from '#main/services/doctor/desk.ts';
import type { SafaricomParts } from '#main/services/safaricom/parts.ts';
import { succeed } from '#shared/ipc/result.ts';
import { openSafaricomShop, type SafaricomShop, type SafaricomShopOptions } from './safaricom-shop.ts';

export type DoctorShop = {
  readonly shop: SafaricomShop;
  readonly doctor: DoctorDesk;
  /** Asks Safaricom, lets it answer, and takes the answers in. */
  readonly askAndHear: (wish?: { shortCode?: string; receipt?: string }) => Promise<void>;
  /** Looks at this computer, and at the whole file. */
  readonly lookAround: () => Promise<void>;
  /** The lines of one name: level, sentence and what it is about; `+` where it says how to mend it. */
  readonly told: (name: string) => string[];
};

export type DoctorShopOptions = SafaricomShopOptions & {
  readonly desk?: DeskOptions;
  /** What stands between the doctor and the world, in place of the shop's own. */
  readonly over?: (parts: SafaricomParts) => Partial<SafaricomParts>;
};

/** The doctor of a shop that can ask a Safaricom of our own. */
export async function openDoctorShop(options: DoctorShopOptions = {}): Promise<DoctorShop> {
  const { desk: deskOptions, over = () => ({}), ...shopOptions } = options;
  return doctorOf(await openSafaricomShop({ environment: 'production', ...shopOptions }), over, deskOptions);
}

export function doctorOf(
  shop: SafaricomShop,
  over: (parts: SafaricomParts) => Partial<SafaricomParts> = () => ({}),
  options: DeskOptions = { patienceMs: 0 },
): DoctorShop {
  const parts = { ...shop.parts, ...over(shop.parts) };
  const doctor = openDoctorDesk(parts, shop.book, options);
  return {
    shop,
    doctor,
    askAndHear: async ({ shortCode = null, receipt = null } = {}) => {
      const asked = doctor.ask(shop.actor, { shortCode, receipt });
      if (!asked.ok) throw new Error(`nothing was asked: ${asked.error.message.id}`);
      await doctor.settle();
      await shop.simulator.settle();
      await shop.collect();
    },
    lookAround: async () => {
      doctor.run(true);
      await doctor.settle();
    },
    told: (name) =>
      doctor
        .show()
        .checks.filter((check) => check.name === name)
        .map(({ level, finding, mend, about }) =>
          [level, finding.id, ...(about === null ? [] : [about]), ...(mend === null ? [] : ['+'])].join(' '),
        ),
  };
}

/** Changes the books past the program, as something else would have. */
export function change({ core }: Pick<SafaricomShop, 'core'>, write: (db: WriteDb) => unknown): void {
  const written = core.ledger.act(PROGRAM, 'test.prepared', 'test', (db) => {
    write(db);
    return succeed({ value: undefined, details: {} });
  });
  if (!written.ok) throw new Error(`the books cannot be changed: ${written.error.code}`);
}
