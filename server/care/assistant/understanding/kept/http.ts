import type { z } from 'zod'
import type { AssistantExample, assistantExamples } from '../../../../../contracts/assistant-examples.ts'
import type { Handlers } from '../../../../platform/http/index.ts'
import { idCursor, pageOf } from '../../../../platform/pages.ts'
import { found } from '../../../../platform/refusal.ts'
import { addExample, moveExample, removeExample } from './change-examples.ts'
import { authorOf, type ExamplesDeps, type Part, teach, wordsOfExample } from './examples-deps.ts'
import { intentHandlers } from './intents-http.ts'
import { type ExampleRow, findIntent, listExamples } from './store.ts'
import { trainingHandlers } from './training-http.ts'
import { unansweredHandlers } from './unanswered-http.ts'

/** The handlers of the `assistantExamples` contract. Every change is audited; the model learns it by itself. */
export function assistantExamplesHandlers(deps: ExamplesDeps): Handlers<typeof assistantExamples> {
  return {
    ...intentHandlers(deps),
    ...exampleHandlers(deps),
    ...trainingHandlers(deps),
    ...unansweredHandlers(deps),
  }
}

/** What the model is taught by. */
function exampleHandlers({
  clock,
  live,
  changed,
}: ExamplesDeps): Part<
  'listAssistantExamples' | 'addAssistantExample' | 'moveAssistantExample' | 'removeAssistantExample'
> {
  const shownExample = (row: ExampleRow): z.input<typeof AssistantExample> => ({
    id: row.id,
    intent: row.intent,
    text: row.text,
    addedAt: row.addedAt.toISOString(),
    addedBy: row.addedBy,
    understoodAs: live.state().heldOut.get(row.id) ?? null,
  })
  return {
    async listAssistantExamples({ db, params, query }) {
      found(await findIntent(db, params.key), 'intent')
      const before = query.after ?? null
      const page = await listExamples(db, { intent: params.key, before, limit: query.limit + 1 })
      const { items, next } = pageOf(page, query.limit, idCursor)
      return { items: items.map(shownExample), next }
    },
    async addAssistantExample({ db, actor, body }) {
      return teach(db, { live }, async (tx) => {
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
      return teach(db, { live }, async (tx) => {
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
      await teach(db, { live }, async (tx) => {
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
  }
}
