import type { CatalogueDiff, OfferingTerms } from '../../../contracts/catalogue.ts'

type FieldChange = CatalogueDiff['changed'][number]['fields'][number]

/** What a draft changes, before anybody is asked how many lines keep the version before. */
export interface Changes {
  readonly added: readonly OfferingTerms[]
  readonly changed: readonly {
    readonly code: string
    readonly terms: OfferingTerms
    readonly fields: readonly FieldChange[]
  }[]
  /** Left out of the draft and not archived yet, as they will stand from now on. */
  readonly withdrawn: readonly OfferingTerms[]
}

/**
 * Compares a draft with the offerings in force. What is left out becomes archived; what is left out and archived already stays as it is.
 * A code that the draft names twice counts as it stands last.
 */
export function compare(before: readonly OfferingTerms[], draft: readonly OfferingTerms[]): Changes {
  const known = new Map(before.map((terms) => [terms.code, terms]))
  const wanted = new Map(draft.map((terms) => [terms.code, terms]))
  const added: OfferingTerms[] = []
  const changed: Changes['changed'][number][] = []
  for (const terms of wanted.values()) {
    const old = known.get(terms.code)
    const fields = old ? changedFields(old, terms) : []
    if (!old) added.push(terms)
    else if (fields.length > 0) changed.push({ code: terms.code, terms, fields })
  }
  const withdrawn = before
    .filter(({ code, archived }) => !archived && !wanted.has(code))
    .map((terms) => ({ ...terms, archived: true }))
  return { added, changed, withdrawn }
}

/** Whether it changes nothing at all. */
export const isEmpty = ({ added, changed, withdrawn }: Changes): boolean =>
  added.length + changed.length + withdrawn.length === 0

/**
 * The fields that differ, by path (`feeKopecks`, `title.ru`): named parts are looked into, a list is one field. A field that one of the two
 * does not have is null there.
 */
function changedFields(before: object, after: object, above = ''): FieldChange[] {
  const old = new Map<string, unknown>(Object.entries(before))
  const now = new Map<string, unknown>(Object.entries(after))
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
    const path = above + name
    const [was, is] = [old.get(name) ?? null, now.get(name) ?? null]
    if (isNamedParts(was) && isNamedParts(is)) return changedFields(was, is, `${path}.`)
    return isSame(was, is) ? [] : [{ path, before: was, after: is }]
  })
}

const isNamedParts = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Deep equality of JSON, whatever the order of names. */
function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isSame(item, b[index]))
  }
  if (isNamedParts(a) && isNamedParts(b)) return changedFields(a, b).length === 0
  return a === b
}
