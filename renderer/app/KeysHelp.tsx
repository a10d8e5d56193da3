import { Modal } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { Keycap } from '../components/Keycap.tsx';
import { type Shortcut, type Surface, useKeyboard, useShortcuts } from '../lib/keyboard.tsx';
import { useText } from '../lib/text.tsx';
import styles from './KeysHelp.module.css';
import { onOpenKeysHelp } from './keys-help-store.ts';

type Groups = ReadonlyMap<Surface, readonly Shortcut[]>;

const SURFACES: readonly Surface[] = ['dialog', 'screen', 'window'];

const TITLES: Readonly<Record<Surface, string>> = {
  window: 'keys.everywhere',
  screen: 'keys.this-screen',
  dialog: 'keys.this-dialog',
};

/** `?`: every key that works here, read from the same place that makes them work. */
export function KeysHelp() {
  const { t } = useText();
  const { list } = useKeyboard();
  const [isOpen, setIsOpen] = useState(false);
  const [groups, setGroups] = useState<Groups>(new Map());

  const open = useCallback(() => {
    setGroups(groupBySurface(list()));
    setIsOpen(true);
  }, [list]);
  const close = () => setIsOpen(false);

  useShortcuts('window', [{ keys: ['?'], label: 'keys.help', run: open }]);
  useShortcuts('dialog', [{ keys: ['?'], label: 'keys.help', run: close }], isOpen);
  useEffect(() => onOpenKeysHelp(open), [open]);

  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={t('keys.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div className={styles.groups}>
        {SURFACES.map((surface) => (
          <Keys key={surface} surface={surface} shortcuts={groups.get(surface) ?? []} />
        ))}
      </div>
      <p className={styles.note}>{t('keys.note')}</p>
    </Modal>
  );
}

function groupBySurface(layers: readonly { surface: Surface; shortcuts: readonly Shortcut[] }[]): Groups {
  const groups = new Map<Surface, readonly Shortcut[]>();
  for (const { surface, shortcuts } of layers) {
    const shown = shortcuts.filter((shortcut) => shortcut.isHidden !== true);
    groups.set(surface, [...(groups.get(surface) ?? []), ...shown]);
  }
  return groups;
}

function Keys({ surface, shortcuts }: { surface: Surface; shortcuts: readonly Shortcut[] }) {
  const { t } = useText();
  if (shortcuts.length === 0) return null;
  return (
    <section>
      <h2>{t(TITLES[surface])}</h2>
      <dl className={styles.keys}>
        {shortcuts.map((shortcut) => (
          <div key={shortcut.label} className={styles.key}>
            <dt>
              {shortcut.keys.map((key) => (
                <Keycap key={key} stroke={key} />
              ))}
            </dt>
            <dd>{t(shortcut.label)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
