import type { Actor } from '#main/db/ledger.ts';
import { holdPayment } from '#main/services/look-up/claims.ts';
import { type LookUps, openLookUps } from '#main/services/look-up/look-ups.ts';
import { showLookUp } from '#main/services/look-up/show-look-up.ts';
import type { LookUpView } from '#shared/ipc/look-up-channels.ts';
import { unwrap } from './results.ts';
import type { SafaricomShop } from './safaricom-shop.ts';
import { type SalesRow, salesFile } from './shop-files.ts';

/** Somebody at the counter of a shop: what they paste, and what they are told. */
export type Counter = {
  readonly lookUps: LookUps;
  /** Looks up as the shop's actor, or as somebody else; the question to Safaricom has been put. */
  readonly lookUp: (text: string, actor?: Actor) => Promise<LookUpView>;
  readonly fromRow: (receipt: string) => Promise<LookUpView>;
  readonly show: (lookUp: { readonly id: number }) => LookUpView;
  readonly hold: (
    lookUp: { readonly id: number },
    about?: { saleId?: number | null; note?: string; actor?: Actor },
  ) => ReturnType<typeof holdPayment>;
  readonly saleId: (reference: string) => number;
  readonly sell: (rows: readonly SalesRow[], name?: string) => Promise<void>;
  /** The ids of the evidence, in order. */
  readonly evidenceOf: (lookUp: { readonly id: number }) => string[];
  readonly alerts: () => { readonly kind: string; readonly subject: string }[];
};

export function openCounter(shop: SafaricomShop): Counter {
  const { core } = shop;
  const lookUps = openLookUps(shop.parts);
  const show: Counter['show'] = ({ id }) => unwrap(showLookUp(core, { lookUpId: id }));
  const ask = async (from: 'field' | 'row', text: string, actor = shop.actor) => {
    const { lookUp } = unwrap(lookUps.ask(actor, { from, text }));
    if (lookUp === null) throw new Error('no receipt was read');
    await lookUps.settle();
    return show(lookUp);
  };
  return {
    lookUps,
    lookUp: (text, actor) => ask('field', text, actor),
    fromRow: (receipt) => ask('row', receipt),
    show,
    hold: ({ id }, { saleId = null, note = '', actor = shop.actor } = {}) =>
      holdPayment(core, actor, { lookUpId: id, saleId, note }),
    saleId: (reference) =>
      core.ledger.read.get<{ id: number }>('SELECT id FROM sales WHERE reference = ?', reference)?.id ?? 0,
    sell: async (rows, name = 'sales.csv') => {
      const brought = await shop.bringIn(name, salesFile(rows));
      if (brought.type !== 'done') throw new Error(`the sales did not come in: ${brought.type}`);
    },
    evidenceOf: (lookUp) => show(lookUp).evidence.map(({ what }) => what.id),
    alerts: () => core.ledger.read.all('SELECT kind, subject FROM alerts ORDER BY id'),
  };
}
