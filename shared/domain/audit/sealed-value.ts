/** A personal value inside an audit entry: the id of its key, and nonce, tag and ciphertext in base64. */
export type SealedValue = { readonly sealed: { readonly key: number; readonly box: string } };

export function isSealed(value: unknown): value is SealedValue {
  if (typeof value !== 'object' || value === null || !('sealed' in value)) return false;
  const { sealed } = value;
  return (
    typeof sealed === 'object' &&
    sealed !== null &&
    'key' in sealed &&
    typeof sealed.key === 'number' &&
    'box' in sealed &&
    typeof sealed.box === 'string'
  );
}
