import type { Catalogue, OfferingTerms } from '../../../contracts/catalogue.ts'
import { createStore, useStore } from '../data/store.ts'
import { beforeUnload } from '../session/leave.ts'
import * as model from './draft.ts'

interface Kept {
  readonly draft: model.Draft | null
  /** What was discarded last and can be taken back. */
  readonly discarded: model.Draft | null
  /** Keys of offerings that somebody else changed as well. */
  readonly clashes: readonly string[]
}

const NOTHING: Kept = { draft: null, discarded: null, clashes: [] }
let owner: string | null = null
const store = createStore(NOTHING)

const set = (next: Partial<Kept>) => store.set({ ...store.get(), ...next })

const isDirty = () => {
  const { draft } = store.get()
  return draft !== null && model.changesOf(draft).length > 0
}
const edit = (by: (draft: model.Draft) => model.Draft) => {
  const { draft } = store.get()
  if (draft) set({ draft: by(draft), discarded: null })
}

/**
 * The draft of the catalogue: in memory alone, so that it outlives a look into another room and the idle lock, and nothing else. The
 * browser asks before it closes the tab over changes that are not published.
 */
export const catalogueDraft = {
  /** The newest catalogue came: the draft begins with it, unless it has changes that stand on an older one. Another's draft is forgotten. */
  receive(memberId: string, catalogue: Catalogue): void {
    if (owner !== memberId) store.set(NOTHING)
    owner = memberId
    if (store.get().draft?.version === catalogue.version) return
    if (!isDirty()) set({ draft: model.draftOf(catalogue), clashes: [] })
  },
  change: (key: string, terms: OfferingTerms) => edit((draft) => model.change(draft, key, terms)),
  add: (key: string, terms: OfferingTerms) => edit((draft) => model.add(draft, key, terms)),
  discard: (key: string) => edit((draft) => model.discard(draft, key)),
  checkAll: () => edit(model.checkAll),
  discardAll(catalogue: Catalogue): void {
    set({ draft: model.draftOf(catalogue), discarded: store.get().draft, clashes: [] })
  },
  takeBack(): void {
    set({ draft: store.get().discarded, discarded: null })
  },
  rebase(catalogue: Catalogue): void {
    const { draft } = store.get()
    if (draft) set(model.rebase(draft, catalogue))
  },
  /** It was published: what is in force now is the draft without a change. */
  published(catalogue: Catalogue): void {
    set({ ...NOTHING, draft: model.draftOf(catalogue) })
  },
}

beforeUnload(isDirty)

/** The draft as it stands; null before the catalogue came. */
export const useDraft = (): Kept => useStore(store)
