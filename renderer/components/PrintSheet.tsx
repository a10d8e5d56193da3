import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import './print-sheet.css';

/**
 * What `window.print()` prints while it is on the page, and nothing else of the window. Not seen on the screen; black
 * on white, whatever the theme.
 */
export function PrintSheet({ children }: { children: ReactNode }) {
  return createPortal(<div className="print-sheet">{children}</div>, document.body);
}
