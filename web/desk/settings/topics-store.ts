import { useSyncExternalStore } from 'react'
import { beforeUnload } from '../session/leave.ts'
import { countChanges, draftOf, rebase, type Tree, type TreeDraft } from './topics-draft.ts'

let owner: string | null = null
let kept: TreeDraft | null = null
const listeners = new Set<() => void>()

function set(next: TreeDraft | null): void {
  kept = next
  for (const listener of listeners) listener()
}

const isDirty = () => kept !== null && countChanges(kept) > 0

/**
 * The draft of the topic tree: in memory alone, so that it outlives a look into another room and the idle lock, and nothing else. The browser
 * asks before it closes the tab over changes that are not published.
 */
export const topicsDraft = {
  /** The newest tree came: the draft begins with it, unless it has changes that stand on an older one. Another's draft is forgotten. */
  receive(memberId: string, tree: Tree): void {
    if (owner !== memberId) kept = null
    owner = memberId
    if (kept?.base.version !== tree.version && !isDirty()) set(draftOf(tree))
  },
  edit(by: (draft: TreeDraft) => TreeDraft): void {
    if (kept) set(by(kept))
  },
  rebase(tree: Tree): void {
    if (kept) set(rebase(kept, tree))
  },
  /** Changes are given up, or published: what is in force is the draft. */
  begin: (tree: Tree) => set(draftOf(tree)),
}

beforeUnload(isDirty)

/** The draft as it stands; null before the tree came. */
export const useTopicsDraft = (): TreeDraft | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => kept,
  )
