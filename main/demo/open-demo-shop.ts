import type { Access } from '../access/access.ts';
import { makeSeed, publicKeyOf, signWith } from '../audit/ed25519.ts';
import type { Actor } from '../db/ledger.ts';
import { selectPerson } from '../db/queries/staff.ts';
import type { Core } from '../services/core.ts';
import { FIRST_STAFF_ID, startSetUpSession } from '../services/set-up-session.ts';
import type { DemoPerson } from '../services/show-access.ts';
import { startSession } from '../services/sign-in.ts';
import { fillDemo } from './fill-demo.ts';
import { inventApprovers } from './invent-approvers.ts';
import { inventPeople } from './invent-people.ts';
import { DEMO_PEOPLE } from './people.ts';

/** An invented shop with its month and its people, its owner signed in. */
export async function openDemoShop(core: Core, access: Access): Promise<readonly DemoPerson[]> {
  const setUp = startSetUpSession(core, access.host);
  await fillDemo(core, setUp.actor);
  await inventPeople(core, access, setUp.actor, DEMO_PEOPLE);
  await inventApprovers(core, access, setUp.actor, DEMO_PEOPLE);
  await signLog(core, setUp.actor);
  setUp.end();
  const owner = selectPerson(core.ledger.read, FIRST_STAFF_ID);
  if (!owner) throw new Error('the demo has no owner');
  const session = { person: owner, phase: 'open', window: 'main', factor: 'none' } as const;
  const started = startSession(core, access, session);
  if (!started.ok) throw new Error(`the owner of the demo cannot come in: ${started.error.code}`);
  return DEMO_PEOPLE;
}

/** The log of the demo is signed as in a real shop, by a root whose recovery code nobody has. */
async function signLog(core: Core, actor: Actor): Promise<void> {
  const seed = makeSeed();
  const root = { publicKey: publicKeyOf(seed), sign: (text: string) => signWith(seed, text) };
  const begun = await core.audit.begin(actor, root);
  if (!begun.ok) throw new Error(`the log of the demo cannot be signed: ${begun.problem}`);
}
