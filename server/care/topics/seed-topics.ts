import type { Clock } from '../../platform/clock.ts'
import { type Db, inTransaction } from '../../platform/database/index.ts'
import { newId } from '../../platform/identifiers.ts'
import type { TopicDraft } from './check-draft.ts'
import { FIRST_TOPICS, type FirstTopic } from './first-topics.ts'
import { publishTopicTree } from './publish-topic-tree.ts'
import { newestVersion } from './topic-tree.ts'

/** Publishes the first tree where there is none; designers change it from then on. Gives whether it did. */
export async function seedTopics(db: Db, clock: Clock, by: string): Promise<boolean> {
  if (await newestVersion(db)) return false
  await inTransaction(db, (tx) => publishTopicTree(tx, clock, { basedOn: 0, topics: draftOf(clock), by }))
  return true
}

function draftOf(clock: Clock): TopicDraft[] {
  return FIRST_TOPICS.flatMap(({ below, ...top }) => {
    const parent = topicOf(clock, top, null)
    return [parent, ...below.map((leaf) => topicOf(clock, leaf, parent.id))]
  })
}

const topicOf = (clock: Clock, { key, ru, en }: FirstTopic, parentId: string | null): TopicDraft => ({
  id: newId(clock),
  parentId,
  key,
  title: { ru, en },
})
