import { found } from '../../../../platform/refusal.ts'
import { addExample } from './change-examples.ts'
import { authorOf, type ExamplesDeps, type Part, teach, wordsOfExample } from './examples-deps.ts'
import { findByWords, findIntent } from './store.ts'
import { deleteUnanswered, findUnanswered, listHeaps } from './unanswered.ts'

/** What people said that nothing was made of, in heaps that a designer sorts. */
export function unansweredHandlers({
  clock,
  live,
  changed,
}: ExamplesDeps): Part<'listUnanswered' | 'answerUnanswered'> {
  return {
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
      await teach(db, { live }, async (tx) => {
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
