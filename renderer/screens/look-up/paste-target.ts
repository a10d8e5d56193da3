/** True where a paste belongs to what has the focus: a field, or a dialog above the screen. */
export function isFieldOrDialog(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input,textarea,[contenteditable=true],[role=dialog]') !== null
  );
}
