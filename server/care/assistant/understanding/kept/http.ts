import type { z } from 'zod'
import type {
  AssistantExample,
  AssistantIntent,
  AssistantTraining,
  assistantExamples,
} from '../../../../../contracts/assistant-examples.ts'
import type { Clock } from '../../../../platform/clock.ts'
import { type Executor, inTransaction } from '../../../../platform/database/index.ts'
import type { Handlers, Staff } from '../../../../platform/http/index.ts'
import { found, Refusal } from '../../../../platform/refusal.ts'
import { readTopicTree } from '../../../topics/index.ts'
import { addExample, moveExample, removeExample } from './change-examples.ts'
import { confusionsOf, understoodShares } from './confusions.ts'
import type { LiveUnderstanding } from './live-understanding.ts'
import {
  countIntents,
  type ExampleRow,
  findByWords,
  findIntent,
  type IntentRow,
  listExamples,
  listIntents,
  MOST_INTENTS,
  readRevision,
  saveIntents,
} from './store.ts'
import { deleteUnanswered, findUnanswered, listHeaps } from './unanswered.ts'

/** What this room works with; made once, in the composition root. */
export interface ExamplesDeps {
  readonly clock: Clock
  readonly live: LiveUnderstanding
  /** Told, inside the transaction, what was changed: for the audit. */
  readonly changed: (tx: Executor, change: ExamplesChange) => Promise<void>
}

export interface ExamplesChange {
  readonly act: 'intent-saved' | 'example-added' | 'example-moved' | 'example-removed' | 'unanswered-sorted'
  readonly subject: string
  readonly before?: object
  readonly after?: object
  readonly by: { readonly id: string; readonly name: string }
}

const authorOf = ({ id, name }: Staff) => ({ id, name })
const wordsOfExample = ({ intent, text }: ExampleRow) => ({ intent, text })

/** The handlers of the `assistantExamples` contract. Every change is audited; the model learns it by itself. */
export function assistantExamplesHandlers({
  clock,
  live,
  changed,
}: ExamplesDeps): Handlers<typeof assistantExamples> {
  const shownExample = (row: ExampleRow): z.input<typeof AssistantExample> => ({
    id: row.id,
    intent: row.intent,
    text: row.text,
    addedAt: row.addedAt.toISOString(),
    addedBy: row.addedBy,
    understoodAs: live.state().heldOut.get(row.id) ?? null,
  })
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
  const shares = () => {
    const { model } = live.state()
    return model === null ? new Map<string, number>() : understoodShares(model)
  }
  /** A change of what is taught: in one transaction, told to the model when it stands. */
  async function change<T>(
    db: Parameters<typeof inTransaction>[0],
    act: (tx: Executor) => Promise<T>,
  ): Promise<T> {
    const result = await inTransaction(db, act)
    live.wake()
    return result
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
    async listAssistantExamples({ db, params, query }) {
      found(await findIntent(db, params.key), 'intent')
      const before = query.after ?? null
      const page = await listExamples(db, { intent: params.key, before, limit: query.limit + 1 })
      const items = page.slice(0, query.limit)
      return {
        items: items.map(shownExample),
        next: page.length > query.limit ? (items.at(-1)?.id ?? null) : null,
      }
    },
    async addAssistantExample({ db, actor, body }) {
      return change(db, async (tx) => {
        const example = await addExample(tx, clock, { ...body, by: actor.name })
        const subject = `example:${example.id}`
        await changed(tx, {
          act: 'example-added',
          subject,
          after: wordsOfExample(example),
          by: authorOf(actor),
        })
        return shownExample(example)
      })
    },
    async moveAssistantExample({ db, actor, params, body }) {
      return change(db, async (tx) => {
        const { before, after } = await moveExample(tx, params.id, body.intent)
        if (before.intent !== after.intent)
          await changed(tx, {
            act: 'example-moved',
            subject: `example:${params.id}`,
            before: wordsOfExample(before),
            after: wordsOfExample(after),
            by: authorOf(actor),
          })
        return shownExample(after)
      })
    },
    async removeAssistantExample({ db, actor, params }) {
      await change(db, async (tx) => {
        const removed = await removeExample(tx, params.id)
        if (removed === undefined) return
        const subject = `example:${params.id}`
        await changed(tx, {
          act: 'example-removed',
          subject,
          before: wordsOfExample(removed),
          by: authorOf(actor),
        })
      })
      return { done: true }
    },
    async getAssistantTraining({ db }) {
      return shownTraining(await readRevision(db), live)
    },
    async listAssistantConfusions() {
      const { model } = live.state()
      return model === null ? [] : confusionsOf(model).map((one) => ({ ...one, texts: [...one.texts] }))
    },
    async tryUnderstanding({ body }) {
      const { verdict, intents, because } = live.understand(body.text)
      return { verdict, intents: [...intents], because: [...because] }
    },
    async listUnanswered({ db }) {
      return (await listHeaps(db)).map(({ questions, times }) => ({
        text: questions[0]?.text ?? '',
        times,
        intent: questions[0]?.intent ?? '',
        lastAt: new Date(Math.max(...questions.map(({ lastAt }) => lastAt.getTime()))).toISOString(),
        questions: questions.map(({ id, text, times: asked }) => ({ id, text, times: asked })),
      }))
    },
    async answerUnanswered({ db, actor, body }) {
      const { ids, intent } = body
      await change(db, async (tx) => {
        if (intent !== null) found(await findIntent(tx, intent), 'intent')
        for (const { id, text, plain } of await findUnanswered(tx, ids)) {
          // Somebody may have taught these words meanwhile: what stands is not overruled from here.
          if (intent === null || (await findByWords(tx, plain)) !== undefined) continue
          const example = await addExample(tx, clock, { intent, text, by: actor.name })
          const subject = `example:${example.id}`
          await changed(tx, {
            act: 'unanswered-sorted',
            subject,
            before: { unanswered: id },
            after: wordsOfExample(example),
            by: authorOf(actor),
          })
        }
        await deleteUnanswered(tx, ids)
      })
      return { done: true }
    },
  }
}

/** Refuses with `invalid_request` a key that no topic in force has. */
async function requireTopic(db: Executor, topicKey: string | null): Promise<void> {
  if (topicKey === null) return
  const { topics } = await readTopicTree(db)
  if (!topics.some(({ key, retired }) => key === topicKey && !retired))
    throw new Refusal('invalid_request', { in: 'topicKey', what: 'unknown topic' })
}

function shownTraining(revision: number, live: LiveUnderstanding): z.input<typeof AssistantTraining> {
  const { trained, training, trainedAt, seconds, failure, model } = live.state()
  const at = trainedAt?.toISOString() ?? null
  if (model === null) return { revision, trained, training, trainedAt: at, seconds, failure, quality: null }
  const { heldOut: _heldOut, ...measured } = model.quality
  const quality = { ...measured, examples: model.examples.length }
  return { revision, trained, training, trainedAt: at, seconds, failure, quality }
}
