import type { z } from 'zod'
import type { Topic, TopicTree } from '../../../contracts/knowledge.ts'
import { type Executor, maybeOne, rows, sql } from '../../platform/database/index.ts'

interface TopicRow {
  readonly id: string
  readonly parentId: string | null
  readonly key: string
  readonly ru: string
  readonly en: string
  readonly position: number
  readonly retired: boolean
}

interface Version {
  readonly number: number
  readonly publishedAt: Date
  readonly publishedBy: string
}

/** The version in force; undefined before the first one is published. */
export function newestVersion(db: Executor): Promise<Version | undefined> {
  return maybeOne(
    db,
    sql<Version>`
      select number, published_at as "publishedAt", published_by as "publishedBy"
      from topics.version order by number desc limit 1`,
  )
}

/** Every topic that ever was, as it is or was last, in the order of the tree's positions; retired ones are last. */
export async function allTopics(db: Executor): Promise<Topic[]> {
  const latest = await rows(
    db,
    sql<TopicRow>`
      select * from (
        select distinct on (id) id, parent_id as "parentId", key, title_ru as ru, title_en as en, position,
               until is not null as retired
        from topics.topic order by id, since desc
      ) latest
      order by retired, position, id`,
  )
  return latest.map(({ ru, en, ...topic }) => ({ ...topic, title: { ru, en } }))
}

/** The stable key of a topic; null for an unknown id. */
export async function topicKeyOf(db: Executor, topicId: string): Promise<string | null> {
  const topic = await maybeOne(
    db,
    sql<{ key: string }>`select key from topics.topic where id = ${topicId} limit 1`,
  )
  return topic?.key ?? null
}

/** The tree now in force, retired topics included: old conversations show their titles. Before the first version it is empty. */
export async function readTopicTree(db: Executor): Promise<z.input<typeof TopicTree>> {
  const version = await newestVersion(db)
  return {
    version: version?.number ?? 0,
    publishedAt: (version?.publishedAt ?? new Date(0)).toISOString(),
    publishedBy: version?.publishedBy ?? '',
    topics: await allTopics(db),
  }
}

/**
 * The top-level topic above a topic (itself, if it is one), by the tree that it last stood in: re-contact and containment are counted by it.
 * Null for an unknown id.
 */
export async function topTopicOf(db: Executor, topicId: string): Promise<string | null> {
  const top = await maybeOne(
    db,
    sql<{ id: string }>`
      with recursive up (id, parent_id) as (
        (select id, parent_id from topics.topic where id = ${topicId} order by since desc limit 1)
        union all
        select above.id, above.parent_id from up cross join lateral (
          select id, parent_id from topics.topic where id = up.parent_id order by since desc limit 1) above
      ) cycle id set circular using path
      select id from up where parent_id is null and not circular limit 1`,
  )
  return top?.id ?? null
}
