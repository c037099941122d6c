import type { ArticleCard } from '../../../contracts/articles.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import type { Executor } from '../../platform/database/index.ts'
import { readTopicTree } from '../topics/index.ts'

/** What readers see of the topic tree. */
export interface TopicRefs {
  /** A topic and the top-level one above it, by their titles. */
  of(topicId: string | null): Pick<ArticleCard, 'topic' | 'section'>
  /** A topic and all below it. */
  below(topicId: string): readonly string[]
  /** All topics that share the top-level one. */
  around(topicId: string): readonly string[]
}

/** The topics' titles in a language, retired ones included. */
export async function readTopicRefs(db: Executor, locale: Locale): Promise<TopicRefs> {
  const { topics } = await readTopicTree(db)
  const byId = new Map(topics.map((topic) => [topic.id, topic]))
  /** From the topic up. */
  const pathOf = (topicId: string): string[] => {
    const path: string[] = []
    let at: string | null = topicId
    while (at !== null && !path.includes(at)) {
      path.push(at)
      at = byId.get(at)?.parentId ?? null
    }
    return path
  }
  const below = (topicId: string) => topics.map(({ id }) => id).filter((id) => pathOf(id).includes(topicId))
  return {
    below,
    around: (topicId) => below(pathOf(topicId).at(-1) ?? topicId),
    of: (topicId) => {
      const topic = byId.get(topicId ?? '')
      const top = byId.get(pathOf(topicId ?? '').at(-1) ?? '')
      return {
        topic: topic ? { id: topic.id, title: topic.title[locale] } : null,
        section: top ? { id: top.id, title: top.title[locale], position: top.position } : null,
      }
    },
  }
}
