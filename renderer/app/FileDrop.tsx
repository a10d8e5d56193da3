import { FileDown } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../lib/text.tsx';
import styles from './FileDrop.module.css';
import { useImport } from './import-context.ts';

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/** The whole window takes files: while one is dragged over it, it says so. */
export function FileDrop() {
  const { t } = useText();
  const { canImport, start } = useImport();
  const [isOver, setIsOver] = useState(false);
  // Leaving one element enters another: only at depth 0 has the file left the window.
  const depth = useRef(0);

  useEffect(() => {
    function enter(event: DragEvent) {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth.current += 1;
      setIsOver(true);
    }
    function over(event: DragEvent) {
      if (carriesFiles(event)) event.preventDefault();
    }
    function leave(event: DragEvent) {
      if (!carriesFiles(event)) return;
      depth.current = Math.max(0, depth.current - 1);
      if (depth.current === 0) setIsOver(false);
    }
    function drop(event: DragEvent) {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth.current = 0;
      setIsOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) start(files);
    }
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [start]);

  // Whoever may not is told so at the drop (`start`), and is not invited before it.
  if (!isOver || !canImport) return null;
  return (
    <div className={styles.veil}>
      <div className={styles.card} role="status">
        <FileDown size={40} aria-hidden />
        <strong>{t('app.drop-here')}</strong>
        <span>{t('app.drop-what')}</span>
      </div>
    </div>
  );
}
