import type { Topic } from '../../../contracts/knowledge.ts'
import type { Clock } from '../../platform/clock.ts'
import { type Executor, rows, sql } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { requireTree, type TopicDraft } from './check-draft.ts'
import { allTopics, newestVersion } from './topic-tree.ts'

export interface PublishTopics {
  /** The version that the designer saw; 0 = none was published yet. */
  readonly basedOn: number
  readonly topics: readonly TopicDraft[]
  /** Name of who publishes. */
  readonly by: string
}

const sameTopic = (a: Topic, b: TopicDraft & { position: number }) =>
  !a.retired &&
  a.parentId === b.parentId &&
  a.title.ru === b.title.ru &&
  a.title.en === b.title.en &&
  a.position === b.position

/**
 * Publishes a new version of the tree; topics left out are retired, retired ones given again come back. Gives the version's number.
 * Refuses with `conflict` (`current`) when another version was published meanwhile, and with `invalid_request` for what is no tree.
 */
export async function publishTopicTree(
  tx: Executor,
  clock: Clock,
  { basedOn, topics, by }: PublishTopics,
): Promise<number> {
  // Publishers queue up here; readers do not wait.
  await rows(tx, sql`lock table topics.version in share row exclusive mode`)
  const current = (await newestVersion(tx))?.number ?? 0
  if (current !== basedOn) throw new Refusal('conflict', { current })
  const known = await allTopics(tx)
  requireTree(topics, known)
  const version = current + 1
  await rows(
    tx,
    sql`insert into topics.version (number, published_at, published_by) values (${version}, ${clock.now()}, ${by})`,
  )
  const before = new Map(known.map((topic) => [topic.id, topic]))
  const changed = topics
    .map((topic, position) => ({ ...topic, position }))
    .filter((topic) => {
      const old = before.get(topic.id)
      return !old || !sameTopic(old, topic)
    })
  const kept = new Set(topics.map(({ id }) => id))
  const gone = known.filter(({ id, retired }) => !retired && !kept.has(id)).map(({ id }) => id)
  await endTopics(tx, [...gone, ...changed.map(({ id }) => id)], version)
  await insertTopics(tx, changed, version)
  return version
}

async function endTopics(tx: Executor, ids: readonly string[], version: number): Promise<void> {
  await rows(
    tx,
    sql`update topics.topic set until = ${version} where id = any(${ids}::uuid[]) and until is null`,
  )
}

async function insertTopics(
  tx: Executor,
  topics: readonly (TopicDraft & { position: number })[],
  version: number,
): Promise<void> {
  await rows(
    tx,
    sql`
      insert into topics.topic (id, parent_id, key, title_ru, title_en, position, since)
      select id, parent_id, key, ru, en, position, ${version}
      from unnest(
        ${topics.map(({ id }) => id)}::uuid[], ${topics.map(({ parentId }) => parentId)}::uuid[],
        ${topics.map(({ key }) => key)}::text[], ${topics.map(({ title }) => title.ru)}::text[],
        ${topics.map(({ title }) => title.en)}::text[], ${topics.map(({ position }) => position)}::int[]
      ) as topic (id, parent_id, key, ru, en, position)`,
  )
}
