import { describe, expect, it } from 'vitest';
import {
  findShortcut,
  mayAct,
  nameStroke,
  type Shortcut,
  type Stroke,
  type Surface,
  type Where,
} from '#renderer/lib/shortcut.ts';

const plain: Stroke = { key: 'j', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const nowhere: Where = { isField: false, takesEnter: false, takesSpace: false, isOwnWidget: false };

describe('nameStroke', () => {
  it.each([
    ['a letter', plain, 'J'],
    ['a letter under Caps Lock', { ...plain, key: 'J' }, 'J'],
    ['a letter with Shift', { ...plain, key: 'J', shiftKey: true }, 'Shift+J'],
    ['undo', { ...plain, key: 'z', ctrlKey: true }, 'Ctrl+Z'],
    ['undo on a Mac', { ...plain, key: 'z', metaKey: true }, 'Ctrl+Z'],
    ['the log', { ...plain, key: 'Z', ctrlKey: true, shiftKey: true }, 'Ctrl+Shift+Z'],
    ['a question mark, which needs Shift on most keyboards', { ...plain, key: '?', shiftKey: true }, '?'],
    ['a slash, which needs Shift on some', { ...plain, key: '/', shiftKey: true }, '/'],
    ['the space bar', { ...plain, key: ' ' }, 'Space'],
    ['an arrow', { ...plain, key: 'ArrowDown' }, 'ArrowDown'],
    ['Alt with a digit', { ...plain, key: '1', altKey: true }, 'Alt+1'],
  ])('names %s', (_, stroke, name) => {
    expect(nameStroke(stroke)).toBe(name);
  });
});

describe('mayAct', () => {
  it('acts with the focus on the page or on a row', () => {
    for (const stroke of ['Enter', 'Space', 'J', 'Ctrl+Z']) expect(mayAct(stroke, nowhere)).toBe(true);
  });

  it('never acts while a text field or a widget with keys of its own has the focus', () => {
    for (const where of [
      { ...nowhere, isField: true },
      { ...nowhere, isOwnWidget: true },
    ])
      for (const stroke of ['Enter', 'Space', 'J', '1', 'Backspace', 'Ctrl+Z']) {
        expect(mayAct(stroke, where), stroke).toBe(false);
      }
  });

  it('leaves Enter and Space to a focused button, and nothing else', () => {
    const onButton = { ...nowhere, takesEnter: true, takesSpace: true };
    expect(mayAct('Enter', onButton)).toBe(false);
    expect(mayAct('Space', onButton)).toBe(false);
    expect(mayAct('J', onButton)).toBe(true);
  });

  it('leaves Space to a focused tick box, where Enter still matches', () => {
    const onBox = { ...nowhere, takesSpace: true };
    expect(mayAct('Space', onBox)).toBe(false);
    expect(mayAct('Enter', onBox)).toBe(true);
  });
});

describe('findShortcut', () => {
  const shortcut = (label: string, more: Partial<Shortcut> = {}): Shortcut => ({
    keys: ['J'],
    label,
    run: () => undefined,
    ...more,
  });
  const layer = (surface: Surface, ...shortcuts: Shortcut[]) => ({ surface, shortcuts });
  const find = (layers: ReturnType<typeof layer>[], isFree = true) =>
    findShortcut(layers, 'J', isFree)?.label;

  it('takes the topmost surface that knows the key', () => {
    expect(find([layer('window', shortcut('below')), layer('screen', shortcut('above'))])).toBe('above');
    expect(find([layer('window', shortcut('below')), layer('screen')])).toBe('below');
  });

  it('leaves the key to the field in focus', () => {
    expect(find([layer('window', shortcut('below'))], false)).toBeUndefined();
  });

  it('passes over what is off', () => {
    expect(
      find([layer('window', shortcut('below')), layer('screen', shortcut('off', { isOn: false }))]),
    ).toBe('below');
  });

  it('an open dialog covers what lies under it', () => {
    expect(find([layer('window', shortcut('below')), layer('dialog')])).toBeUndefined();
    expect(find([layer('window', shortcut('below')), layer('dialog', shortcut('own'))])).toBe('own');
  });

  it('what acts everywhere acts in fields and under dialogs too, but not when it is off', () => {
    const lock = shortcut('lock', { isEverywhere: true });
    expect(find([layer('window', lock), layer('dialog')], false)).toBe('lock');
    expect(find([layer('window', { ...lock, isOn: false }), layer('dialog')], false)).toBeUndefined();
  });
});
