import type { topics } from '../../../contracts/knowledge.ts'
import type { Clock } from '../../platform/clock.ts'
import { type Executor, inTransaction } from '../../platform/database/index.ts'
import type { Handlers } from '../../platform/http/index.ts'
import { publishTopicTree } from './publish-topic-tree.ts'
import { readTopicTree } from './topic-tree.ts'

/** What this room works with; made once, in the composition root. */
export interface TopicsDeps {
  readonly clock: Clock
  /** Told, inside the transaction, that a version was published: for the audit. */
  readonly published: (
    tx: Executor,
    change: { readonly version: number; readonly by: { readonly id: string; readonly name: string } },
  ) => Promise<void>
}

/** The handlers of the `topics` contract. */
export function topicsHandlers({ clock, published }: TopicsDeps): Handlers<typeof topics> {
  return {
    async getTopicTree({ db }) {
      return readTopicTree(db)
    },
    async publishTopicTree({ db, actor, body }) {
      return inTransaction(db, async (tx) => {
        const version = await publishTopicTree(tx, clock, { ...body, by: actor.name })
        await published(tx, { version, by: { id: actor.id, name: actor.name } })
        return readTopicTree(tx)
      })
    },
  }
}
