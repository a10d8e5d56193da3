import { type Result, succeed } from '#shared/ipc/result.ts';
import type { Access } from '../access/access.ts';
import { savePassword } from '../db/queries/logins.ts';
import { insertPerson, renamePerson, selectPersonByName } from '../db/queries/staff.ts';
import type { Core } from '../services/core.ts';
import { FIRST_STAFF_ID, startSetUpSession } from '../services/set-up-session.ts';
import type { DemoPerson } from '../services/show-access.ts';
import { startSession } from '../services/sign-in.ts';
import { fillDemo } from './fill-demo.ts';
import { DEMO_PEOPLE } from './people.ts';

/** An invented shop with its month and its people, its owner signed in. */
export async function openDemoShop(core: Core, access: Access): Promise<readonly DemoPerson[]> {
  const { actor, end } = startSetUpSession(core, access.host);
  await fillDemo(core, actor);
  const hashes = await Promise.all(DEMO_PEOPLE.map(({ password }) => access.passwords.hash(password)));
  mustSucceed(
    core.ledger.act(actor, 'staff.invented', 'staff', (db) => {
      for (const [index, { name, role }] of DEMO_PEOPLE.entries()) {
        const staffId = index === 0 ? FIRST_STAFF_ID : insertPerson(db, name, role, core.now());
        if (index === 0) renamePerson(db, staffId, name);
        savePassword(db, { staffId, hash: hashes[index] ?? '', isSingleUse: false, at: core.now() });
      }
      return succeed({ value: undefined, details: { people: DEMO_PEOPLE.length } });
    }),
  );
  end();
  const [first] = DEMO_PEOPLE;
  const owner = first && selectPersonByName(core.ledger.read, first.name);
  if (!owner) throw new Error('the demo has no owner');
  mustSucceed(startSession(core, access, { person: owner, phase: 'open', window: 'main', factor: 'none' }));
  return DEMO_PEOPLE;
}

function mustSucceed(result: Result<unknown>): void {
  if (!result.ok) throw new Error(`the people of the demo cannot be invented: ${result.error.code}`);
}
