/** Two columns that meet: the open ledger. */
export function BrandMark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M12 6C9.6 4.2 6.6 3.6 3 4v14.5c3.6-.4 6.6.2 9 2z" fill="#74c9a8" />
      <path d="M12 6c2.4-1.8 5.4-2.4 9-2v14.5c-3.6-.4-6.6.2-9 2z" fill="#ecbe52" />
    </svg>
  );
}
