/** The few lines that verify.html has instead of a framework. Text is only ever set as text. */
type Attributes = Record<string, string | boolean | ((event: Event) => void)>
export type Child = Node | string | null

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value)
    else if (typeof value === "boolean") made.toggleAttribute(key, value)
    else made.setAttribute(key, value)
  }
  made.append(...children.filter((child) => child !== null))
  return made
}
