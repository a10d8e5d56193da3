import { useText } from '#renderer/lib/text.tsx';
import type { AccessState } from '#shared/ipc/access-channels.ts';
import styles from './Form.module.css';

type Person = AccessState['demoPeople'][number];

/** The invented people of the demo: one click fills the form, so that each role can be tried. */
export function DemoPeople({
  people,
  onPick,
}: {
  people: readonly Person[];
  onPick: (person: Person) => void;
}) {
  const { t } = useText();
  return (
    <section className={styles.people}>
      <h2>{t('access.demo-people')}</h2>
      <ul>
        {people.map((person) => (
          <li key={person.name}>
            <button type="button" className={styles.person} onClick={() => onPick(person)}>
              <strong>{person.name}</strong>
              <span>{t('nav.role', { role: person.role })}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
