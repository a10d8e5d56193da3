import styles from './Ring.module.css';

/** How much of the whole is done, 0..1. The words beside it say the same, so it is hidden from screen readers. */
export function Ring({ fraction, size = 44 }: { fraction: number; size?: number }) {
  const radius = 20;
  const length = 2 * Math.PI * radius;
  // 99.7 % is not "100 %": only a finished day closes the ring.
  const percent = fraction >= 1 ? 100 : Math.min(99, Math.floor(fraction * 100));
  return (
    <svg width={size} height={size} viewBox="0 0 48 48" aria-hidden="true" className={styles.ring}>
      <circle cx="24" cy="24" r={radius} className={styles.track} />
      {percent > 0 && (
        <circle
          cx="24"
          cy="24"
          r={radius}
          className={styles.done}
          strokeDasharray={`${(length * percent) / 100} ${length}`}
          transform="rotate(-90 24 24)"
        />
      )}
      <text x="24" y="28" className={styles.text}>
        {percent}%
      </text>
    </svg>
  );
}
