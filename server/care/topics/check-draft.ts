import type { Topic } from '../../../contracts/knowledge.ts'
import { Refusal } from '../../platform/refusal.ts'

/** A topic as a designer gives it; its place in the list is its position. */
export type TopicDraft = Pick<Topic, 'id' | 'parentId' | 'key' | 'title'>

const wrong = (what: string, key: string) => new Refusal('invalid_request', { in: 'topics', what, key })

/**
 * Refuses with `invalid_request` a draft that is no tree (unknown parent, circle, an id or key twice) or that gives a known topic another key,
 * or a known key to another topic.
 */
export function requireTree(draft: readonly TopicDraft[], known: readonly Topic[]): void {
  const byId = new Map(draft.map((topic) => [topic.id, topic]))
  const keys = new Set(draft.map(({ key }) => key))
  const idOfKey = new Map(known.map(({ key, id }) => [key, id]))
  const keyOfId = new Map(known.map(({ key, id }) => [id, key]))
  for (const { id, key, parentId } of draft) {
    if (parentId !== null && !byId.has(parentId)) throw wrong('unknown parent', key)
    if ((idOfKey.get(key) ?? id) !== id || (keyOfId.get(id) ?? key) !== key)
      throw wrong('key of another topic', key)
    if (isCircular(byId, id)) throw wrong('circle', key)
  }
  if (byId.size < draft.length || keys.size < draft.length) throw wrong('given twice', '')
}

function isCircular(byId: ReadonlyMap<string, TopicDraft>, id: string): boolean {
  const seen = new Set<string>()
  for (let at: string | null = id; at !== null; at = byId.get(at)?.parentId ?? null) {
    if (seen.has(at)) return true
    seen.add(at)
  }
  return false
}
