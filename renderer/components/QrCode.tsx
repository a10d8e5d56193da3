import { useMemo } from 'react';
import { drawQr } from './qr-path.ts';

/** Black on white in either theme: that is what phones read. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => drawQr(text), [text]);
  // Whole pixels to a module, so that the edges stay sharp.
  const width = size * Math.max(3, Math.round(190 / size));
  return (
    <svg
      role="img"
      aria-label={label}
      width={width}
      height={width}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
