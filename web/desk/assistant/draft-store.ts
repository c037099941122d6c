import type { EditedFlow } from '../../../contracts/assistant.ts'
import type { Flow } from '../../../contracts/flows.ts'
import { createStore, useStore } from '../data/store.ts'
import { beforeUnload } from '../session/leave.ts'
import { change, type History, historyOf, redo, undo } from './model/history.ts'

/** A flow as somebody writes it: what was read, and what became of it here. */
export interface FlowDraft {
  readonly base: EditedFlow
  readonly history: History<Flow>
  /** What was kept meanwhile by somebody else, or in another window. */
  readonly newer: EditedFlow | null
}

let owner: string | null = null
const drafts = createStore<ReadonlyMap<string, FlowDraft>>(new Map())

const set = (key: string, draft: FlowDraft) => drafts.set(new Map(drafts.get()).set(key, draft))
const draftFor = (key: string) => drafts.get().get(key)

export const isDirty = ({ base, history }: FlowDraft): boolean => history.now !== base.flow

const draftOf = (base: EditedFlow): FlowDraft => ({ base, history: historyOf(base.flow), newer: null })

const edit = (key: string, by: (history: History<Flow>) => History<Flow>) => {
  const draft = draftFor(key)
  if (draft) set(key, { ...draft, history: by(draft.history) })
}

/**
 * Texts of flows that are not kept yet: in memory alone, so that they outlive a look into another room and the idle lock. The browser asks
 * before it closes the tab over them.
 */
export const flowDrafts = {
  /** The newest text came: the draft begins with it, unless there are changes that stand on an older one. Another's drafts are forgotten. */
  receive(memberId: string, read: EditedFlow): void {
    if (owner !== memberId) drafts.set(new Map())
    owner = memberId
    const draft = draftFor(read.key)
    // What was read before something was kept here may come after it.
    if (draft && read.version <= draft.base.version) return
    if (!draft || !isDirty(draft)) set(read.key, draftOf(read))
    // Put in force meanwhile, by anybody: the text that is worked on is the newest still.
    else if (read.draftVersion === draft.base.draftVersion)
      set(read.key, { ...draft, base: { ...read, flow: draft.base.flow } })
    else set(read.key, { ...draft, newer: read })
  },
  /** `where` names the field: letters typed in one are one change. */
  change: (key: string, next: Flow, where: string | null = null) =>
    edit(key, (history) => change(history, next, where)),
  undo: (key: string) => edit(key, undo),
  redo: (key: string) => edit(key, redo),
  /** What was written here is kept now; whatever is written since stands on it, and can be taken back still. */
  kept(key: string, written: Flow, saved: EditedFlow): void {
    const draft = draftFor(key)
    const history = draft?.history
    if (!history) return
    const base = { ...saved, flow: written }
    set(key, { base, history: { ...history, where: null }, newer: null })
  },
  /** Published or rolled back: the text is the same. */
  moved(key: string, saved: EditedFlow): void {
    const draft = draftFor(key)
    if (draft) set(key, { ...draft, base: { ...saved, flow: draft.base.flow }, newer: null })
  },
  /** What was kept meanwhile takes the place of what is written here, which can be taken back. */
  takeTheirs(key: string): void {
    const newer = draftFor(key)?.newer
    if (newer) flowDrafts.replace(newer)
  },
  /** What is written here will replace what was kept meanwhile. */
  keepMine(key: string): void {
    const draft = draftFor(key)
    if (draft?.newer) set(key, { ...draft, base: draft.newer, newer: null })
  },
  /** Another text was put in its place and kept; what stood here before can be taken back. */
  replace(read: EditedFlow): void {
    const draft = draftFor(read.key)
    const history = draft ? change(draft.history, read.flow) : historyOf(read.flow)
    set(read.key, { base: read, history, newer: null })
  },
}

beforeUnload(() => [...drafts.get().values()].some(isDirty))

/** The draft of a flow as it stands; undefined before it came. */
export const useFlowDraft = (key: string): FlowDraft | undefined => useStore(drafts).get(key)
