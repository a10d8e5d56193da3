import { join } from 'node:path';
import type { Access } from '../access/access.ts';
import type { Core } from '../services/core.ts';
import type { DemoPerson } from '../services/show-access.ts';
import { openDemoShop } from './open-demo-shop.ts';
import { type DemoWorld, openDemoWorld } from './open-demo-world.ts';

/** The demo as the program is given it. */
export type Demo = {
  readonly people: readonly DemoPerson[];
  /** Where the demo's Safaricom answers. */
  readonly safaricomOrigin: string;
  /** Before the books are closed. */
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
  const world: DemoWorld = await opening;
  return { people, safaricomOrigin: world.safaricom.origin, close: world.close };
}
