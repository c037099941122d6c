/** What a macro may speak of. */
export interface MacroFacts {
  readonly name: string
  readonly agent: string
  readonly number: string
}

/** Fills `{{name}}`, `{{agent}}` and `{{number}}`; unknown places stay visible, so that nobody sends them unseen. A name that is not known is left out with its comma. */
export function fillMacro(text: string, facts: MacroFacts): string {
  const addressed = facts.name ? text : text.replace(/,?\s*\{\{\s*name\s*\}\}/g, '')
  return addressed.replace(/\{\{\s*(name|agent|number)\s*\}\}/g, (whole, key: string) =>
    key === 'name' ? facts.name : key === 'agent' ? facts.agent : key === 'number' ? facts.number : whole,
  )
}
