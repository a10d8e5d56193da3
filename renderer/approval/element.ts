type Child = Node | string | null;

/** An element with its attributes and children. Text goes in as text: nothing here reads markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A labelled field, and the input in it. */
export function field(
  label: string,
  attributes: Readonly<Record<string, string>>,
  hint: string | null = null,
): { readonly frame: HTMLElement; readonly input: HTMLInputElement } {
  const { id = '' } = attributes;
  const described: Record<string, string> = hint === null ? {} : { 'aria-describedby': `${id}-hint` };
  const input = element('input', { ...attributes, ...described });
  const note = hint === null ? null : element('small', { id: `${id}-hint` }, hint);
  return {
    frame: element('p', { class: 'field' }, element('label', { for: id }, label), input, note),
    input,
  };
}
