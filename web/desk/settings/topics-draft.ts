import type { z } from 'zod'
import type { Topic, TopicTree } from '../../../contracts/knowledge.ts'

export type Tree = z.infer<typeof TopicTree>
/** A topic as somebody writes it; its place in the list is its position. */
export type TopicDraft = Pick<Topic, 'id' | 'parentId' | 'key' | 'title'>

/** The tree as somebody writes it, and the version that it was made of. */
export interface TreeDraft {
  readonly base: Tree
  readonly topics: readonly TopicDraft[]
  /** What stood before the last removal. */
  readonly beforeRemoval: readonly TopicDraft[] | null
}

/** What the server would refuse of a topic. */
export type TopicFault = 'empty' | 'key' | 'twice' | 'retired'

const KEY = /^[a-z0-9-]{1,60}$/

const plain = ({ id, parentId, key, title }: TopicDraft): TopicDraft => ({ id, parentId, key, title })
const inForce = (tree: Tree): TopicDraft[] => tree.topics.filter(({ retired }) => !retired).map(plain)
const same = (a: TopicDraft | undefined, b: TopicDraft | undefined) =>
  a !== undefined &&
  b !== undefined &&
  a.parentId === b.parentId &&
  a.key === b.key &&
  a.title.ru === b.title.ru &&
  a.title.en === b.title.en
const byId = (topics: readonly TopicDraft[]) => new Map(topics.map((one) => [one.id, one]))

export const draftOf = (base: Tree): TreeDraft => ({ base, topics: inForce(base), beforeRemoval: null })

/** Depth-first, each topic with how deep it lies. What lies in nothing that is known stands at the top. */
export function walk(topics: readonly TopicDraft[]): readonly (readonly [TopicDraft, number])[] {
  const known = byId(topics)
  const under = (parentId: string | null, depth: number): (readonly [TopicDraft, number])[] =>
    topics
      .filter((one) => (one.parentId !== null && known.has(one.parentId) ? one.parentId : null) === parentId)
      .flatMap((one) => [[one, depth] as const, ...under(one.id, depth + 1)])
  return under(null, 0)
}

/** How many topics are new, changed or taken out. */
export function countChanges({ base, topics }: TreeDraft): number {
  const before = byId(inForce(base))
  const now = byId(topics)
  const changed = topics.filter((one) => !same(before.get(one.id), one)).length
  return changed + [...before.keys()].filter((id) => !now.has(id)).length
}

const edited = (draft: TreeDraft, topics: readonly TopicDraft[]): TreeDraft => ({
  ...draft,
  topics,
  beforeRemoval: null,
})

export const change = (draft: TreeDraft, id: string, part: Partial<TopicDraft>): TreeDraft =>
  edited(
    draft,
    draft.topics.map((one) => (one.id === id ? { ...one, ...part } : one)),
  )

export const add = (draft: TreeDraft, id: string, parentId: string | null): TreeDraft =>
  edited(draft, [...draft.topics, { id, parentId, key: '', title: { ru: '', en: '' } }])

/** Takes a topic out, with all that lies in it. */
export function remove(draft: TreeDraft, id: string): TreeDraft {
  const order = walk(draft.topics)
  const at = order.findIndex(([one]) => one.id === id)
  const depth = order[at]?.[1] ?? 0
  const after = order.slice(at + 1)
  const end = after.findIndex(([, deep]) => deep <= depth)
  const gone = new Set([id, ...after.slice(0, end < 0 ? after.length : end).map(([one]) => one.id)])
  return {
    ...draft,
    topics: draft.topics.filter((one) => !gone.has(one.id)),
    beforeRemoval: draft.topics,
  }
}

export const takeBack = (draft: TreeDraft): TreeDraft => edited(draft, draft.beforeRemoval ?? draft.topics)

/** Topics of earlier versions that are not in the draft. */
export function retiredOf({ base, topics }: TreeDraft): readonly TopicDraft[] {
  const now = byId(topics)
  return base.topics.filter(({ id, retired }) => retired && !now.has(id)).map(plain)
}

/** A retired topic comes back: where it was, if that is still there. */
export function bringBack(draft: TreeDraft, topic: TopicDraft): TreeDraft {
  const isThere = draft.topics.some(({ id }) => id === topic.parentId)
  return edited(draft, [...draft.topics, isThere ? topic : { ...topic, parentId: null }])
}

/** What is wrong with a topic; null where nothing is. */
export function faultOf({ base, topics }: TreeDraft, topic: TopicDraft): TopicFault | null {
  if (topic.title.ru.trim() === '' || topic.title.en.trim() === '') return 'empty'
  if (!KEY.test(topic.key)) return 'key'
  if (topics.some(({ id, key }) => id !== topic.id && key === topic.key)) return 'twice'
  if (base.topics.some(({ id, key }) => id !== topic.id && key === topic.key)) return 'retired'
  return null
}

/** The changes moved onto a newer version: what was written here stands, all else is as it was published. */
export function rebase(draft: TreeDraft, newer: Tree): TreeDraft {
  const before = byId(inForce(draft.base))
  const mine = byId(draft.topics)
  const merged = inForce(newer).flatMap((theirs) => {
    const own = mine.get(theirs.id)
    const old = before.get(theirs.id)
    if (!own) return old ? [] : [theirs]
    return [same(old, own) ? theirs : own]
  })
  const there = byId(merged)
  // New here, or changed here and taken out there.
  const others = draft.topics.filter((one) => !there.has(one.id) && !same(before.get(one.id), one))
  const all = [...merged, ...others]
  const known = byId(all)
  const topics = all.map((one) =>
    one.parentId !== null && !known.has(one.parentId) ? { ...one, parentId: null } : one,
  )
  return { base: newer, topics, beforeRemoval: null }
}
