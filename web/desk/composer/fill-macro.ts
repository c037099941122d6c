/** What a macro may speak of. */
export interface MacroFacts {
  readonly name: string
  readonly agent: string
  readonly number: string
}

/** Fills `{{name}}`, `{{agent}}` and `{{number}}`; unknown places stay visible, so that nobody sends them unseen. */
export function fillMacro(text: string, facts: MacroFacts): string {
  return text.replace(/\{\{\s*(name|agent|number)\s*\}\}/g, (whole, key: string) =>
    key === 'name' ? facts.name : key === 'agent' ? facts.agent : key === 'number' ? facts.number : whole,
  )
}
