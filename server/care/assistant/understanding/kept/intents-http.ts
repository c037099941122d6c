import type { z } from 'zod'
import type { AssistantIntent } from '../../../../../contracts/assistant-examples.ts'
import { type Executor, inTransaction } from '../../../../platform/database/index.ts'
import { found, Refusal } from '../../../../platform/refusal.ts'
import { readTopicTree } from '../../../topics/index.ts'
import { understoodShares } from './confusions.ts'
import { authorOf, type ExamplesDeps, type Part } from './examples-deps.ts'
import { countIntents, findIntent, type IntentRow, listIntents, MOST_INTENTS, saveIntents } from './store.ts'

/** What people may want, and how much of it is understood. */
export function intentHandlers({
  clock,
  live,
  changed,
}: ExamplesDeps): Part<'listAssistantIntents' | 'putAssistantIntent'> {
  const shares = () => {
    const { model } = live.state()
    return model === null ? new Map<string, number>() : understoodShares(model)
  }
  return {
    async listAssistantIntents({ db }) {
      const known = shares()
      return (await listIntents(db)).map((row) => shownIntent(row, known))
    },
    async putAssistantIntent({ db, actor, params, body }) {
      const { topicKey, title } = body
      const row = { key: params.key, topicKey, ru: title.ru, en: title.en }
      await inTransaction(db, async (tx) => {
        await requireTopic(tx, topicKey)
        const before = await findIntent(tx, params.key)
        if (before === undefined && (await countIntents(tx)) >= MOST_INTENTS)
          throw new Refusal('capacity_exceeded', { most: MOST_INTENTS })
        await saveIntents(tx, [row], clock.now())
        const subject = `intent:${params.key}`
        await changed(tx, {
          act: 'intent-saved',
          subject,
          before: { ...before },
          after: row,
          by: authorOf(actor),
        })
      })
      const saved = (await listIntents(db)).find(({ key }) => key === params.key)
      return shownIntent(found(saved, 'intent'), shares())
    },
  }
}

const shownIntent = (
  { key, topicKey, ru, en, examples }: IntentRow & { readonly examples: number },
  shares: ReadonlyMap<string, number>,
): z.input<typeof AssistantIntent> => ({
  key,
  topicKey,
  title: { ru, en },
  examples,
  understood: shares.get(key) ?? null,
})

/** Refuses with `invalid_request` a key that no topic in force has. */
async function requireTopic(db: Executor, topicKey: string | null): Promise<void> {
  if (topicKey === null) return
  const { topics } = await readTopicTree(db)
  if (!topics.some(({ key, retired }) => key === topicKey && !retired))
    throw new Refusal('invalid_request', { in: 'topicKey', what: 'unknown topic' })
}
