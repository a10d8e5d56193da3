import { setFlagsFromString } from 'node:v8';

/** How many hold it now: the growth is one setting of the whole process. */
let holders = 0;

/**
 * Keeps the room for new objects from growing until the answer is called. Rows that pass through this thread by the
 * million would make it grow to its most, though few are there at once: 100 MB in a file of a million lines, and no
 * less work. An option of the start would do as well, but Electron's main process has none.
 */
export function holdYoungSpace(): () => void {
  holders += 1;
  if (holders === 1) setFlagsFromString('--semi-space-growth-factor=1');
  let isHeld = true;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    holders -= 1;
    if (holders === 0) setFlagsFromString('--semi-space-growth-factor=2');
  };
}
