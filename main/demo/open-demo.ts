import { join } from 'node:path';
import type { Access } from '../access/access.ts';
import type { Actor } from '../db/ledger.ts';
import { askBalance } from '../services/balance/ask-balance.ts';
import { actorOf, type Core } from '../services/core.ts';
import { readRelayKeys } from '../services/safaricom/kept-secrets.ts';
import type { DemoPerson } from '../services/show-access.ts';
import { recordUnfiled, sendInventions, type Unfiled } from './around-the-shop.ts';
import { PAYBILL, TILL } from './book.ts';
import { letCustomersPay } from './customers.ts';
import { equipmentOf, equipShop, type Lines, registerShop } from './equip-shop.ts';
import { type DemoExamples, findExamples } from './examples.ts';
import { openDemoShop } from './open-demo-shop.ts';
import { type DemoWorld, openDemoWorld } from './open-demo-world.ts';
import { sendMoneyBack } from './send-money-back.ts';

/** The demo as the program is given it. */
export type Demo = {
  readonly people: readonly DemoPerson[];
  /** Where the demo's Safaricom answers. */
  readonly safaricomOrigin: string;
  /** Connects the shop with both. What takes longer goes on in the background: registrations, then customers. */
  readonly connect: (lines: Lines) => Promise<void>;
  /** What may be looked up here, for whoever has no customer at hand. */
  readonly examples: () => DemoExamples;
  /** Before the lines and the books are closed. */
  readonly close: () => Promise<void>;
};

/** An invented shop, its month and its people, with a Safaricom and a relay of its own that keep their files in `folder`. */
export async function openDemo(core: Core, access: Access, folder: string): Promise<Demo> {
  // Side by side: the month is mostly the work of other threads.
  const opening = openDemoWorld(join(folder, 'around'));
  const people = await openDemoShop(core, access).catch(async (error: unknown) => {
    await opening.then((world) => world.close());
    throw error;
  });
  const world = await opening;
  // For journeys that count: nothing happens but what they do themselves.
  const isQuiet = process.env.DAFTARI_DEMO === 'quiet';
  let isClosing = false;
  let unfiled: Unfiled | null = null;
  let beginning = Promise.resolve();
  let stopCustomers: () => void = () => undefined;

  /** Ends with the program, at whatever point that comes. */
  async function begin(lines: Lines, actor: Actor): Promise<void> {
    try {
      await registerShop(lines, actor);
      if (!isClosing) await tellInventions(world, lines);
      if (isClosing || isQuiet) return;
      for (const payment of unfiled?.early ?? []) world.safaricom.tell(payment);
      stopCustomers = letCustomersPay(world);
      for (const shortCode of [TILL, PAYBILL]) await askBalance(lines.parts, actor, shortCode);
      if (!isClosing) await sendMoneyBack(world, access, lines, () => isClosing);
    } catch (error) {
      if (!isClosing) core.log.error('the demo could not begin', { error });
    }
  }

  return {
    people,
    safaricomOrigin: world.safaricom.origin,
    examples: () => findExamples(core.ledger.read, unfiled),
    connect: async (lines) => {
      const owner = access.book.sessionFor('main');
      if (owner === null) throw new Error('the owner of the demo is not signed in');
      if (!isQuiet) unfiled = recordUnfiled(world.safaricom);
      await equipShop(await equipmentOf(world), lines, actorOf(owner));
      beginning = begin(lines, actorOf(owner));
    },
    close: async () => {
      isClosing = true;
      stopCustomers();
      await world.close();
      await beginning;
    },
  };
}

async function tellInventions(world: DemoWorld, { parts, inbox }: Lines): Promise<void> {
  const { pairing } = inbox.show();
  const keys = await readRelayKeys(parts.secrets);
  if (!keys.ok || keys.value === null || pairing === null) throw new Error('the demo is not paired');
  await sendInventions(world, { origin: pairing.origin, path: keys.value.path });
}
