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
): { readonly frame: HTMLElement; readonly input: HTMLInputElement } {
  const { id = '' } = attributes;
  const input = element('input', attributes);
  return { frame: element('p', { class: 'field' }, element('label', { for: id }, label), input), input };
}
