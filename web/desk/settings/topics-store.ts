import { createStore, useStore } from '../data/store.ts'
import { beforeUnload } from '../session/leave.ts'
import { countChanges, draftOf, rebase, type Tree, type TreeDraft } from './topics-draft.ts'

let owner: string | null = null
const kept = createStore<TreeDraft | null>(null)

const isDirty = () => {
  const draft = kept.get()
  return draft !== null && countChanges(draft) > 0
}
const change = (by: (draft: TreeDraft) => TreeDraft) => {
  const draft = kept.get()
  if (draft) kept.set(by(draft))
}

/**
 * The draft of the topic tree: in memory alone, so that it outlives a look into another room and the idle lock, and nothing else. The browser
 * asks before it closes the tab over changes that are not published.
 */
export const topicsDraft = {
  /** The newest tree came: the draft begins with it, unless it has changes that stand on an older one. Another's draft is forgotten. */
  receive(memberId: string, tree: Tree): void {
    if (owner !== memberId) kept.set(null)
    owner = memberId
    if (kept.get()?.base.version !== tree.version && !isDirty()) kept.set(draftOf(tree))
  },
  edit: change,
  rebase: (tree: Tree) => change((draft) => rebase(draft, tree)),
  /** Changes are given up, or published: what is in force is the draft. */
  begin: (tree: Tree) => kept.set(draftOf(tree)),
}

beforeUnload(isDirty)

/** The draft as it stands; null before the tree came. */
export const useTopicsDraft = (): TreeDraft | null => useStore(kept)
