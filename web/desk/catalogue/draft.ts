import type { Catalogue, OfferingTerms } from '../../../contracts/catalogue.ts'

/** One offering of the draft. */
export interface DraftItem {
  /** Its code while it is in force, else made here: a new one's code may still change. */
  readonly key: string
  readonly terms: OfferingTerms
  /** As it is in force; null = new. */
  readonly base: OfferingTerms | null
  /** Empty fields are complained about: not before somebody had the time to fill them. */
  readonly checked: boolean
}

/** The whole catalogue as somebody is editing it, on top of a published version. */
export interface Draft {
  readonly version: number
  readonly items: readonly DraftItem[]
}

/** A draft without a change. */
export const draftOf = ({ version, offerings }: Catalogue): Draft => ({
  version,
  items: offerings.map(({ terms }) => ({ key: terms.code, terms, base: terms, checked: true })),
})

export const isChanged = ({ base, terms }: DraftItem): boolean => base === null || !isSame(base, terms)
export const changesOf = ({ items }: Draft): readonly DraftItem[] => items.filter(isChanged)
export const offeringsOf = ({ items }: Draft): OfferingTerms[] => items.map(({ terms }) => terms)

/** Gives an offering other terms; one that is as it was before counts as unchanged. */
export const change = (draft: Draft, key: string, terms: OfferingTerms): Draft =>
  replace(draft, key, (item) => ({
    ...item,
    terms: item.base && isSame(item.base, terms) ? item.base : terms,
  }))

export const add = (draft: Draft, key: string, terms: OfferingTerms): Draft => ({
  ...draft,
  items: [...draft.items, { key, terms, base: null, checked: false }],
})

/** Undoes what was changed about an offering; a new one goes. */
export const discard = (draft: Draft, key: string): Draft => ({
  ...draft,
  items: draft.items.flatMap((item) => {
    if (item.key !== key) return [item]
    return item.base ? [{ ...item, terms: item.base }] : []
  }),
})

/** From now on every empty field is complained about. */
export const checkAll = (draft: Draft): Draft => ({
  ...draft,
  items: draft.items.map((item) => (item.checked ? item : { ...item, checked: true })),
})

/**
 * The same changes on top of a newer version. `clashes`: keys of those that the newer version changed too; the draft's terms stand, and
 * the preview shows what they would replace.
 */
export function rebase(
  draft: Draft,
  catalogue: Catalogue,
): { readonly draft: Draft; readonly clashes: string[] } {
  const mine = new Map(changesOf(draft).map((item) => [item.terms.code, item]))
  const fresh = draftOf(catalogue)
  const clashes: string[] = []
  const items = fresh.items.map((item) => {
    const changed = mine.get(item.key)
    if (!changed) return item
    mine.delete(item.key)
    if (isSame(item.terms, changed.terms)) return item
    if (!changed.base || !isSame(changed.base, item.terms)) clashes.push(item.key)
    return { ...item, terms: changed.terms }
  })
  return { draft: { version: fresh.version, items: [...items, ...mine.values()] }, clashes }
}

const replace = (draft: Draft, key: string, by: (item: DraftItem) => DraftItem): Draft => ({
  ...draft,
  items: draft.items.map((item) => (item.key === key ? by(item) : item)),
})

/** Deep equality of plain data; a number that is not given yet equals itself. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b)
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))]
  return (
    left.length === right.size &&
    left.every(([name, value]) => right.has(name) && isSame(value, right.get(name)))
  )
}
