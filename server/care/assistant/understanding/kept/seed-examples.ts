import type { Clock } from '../../../../platform/clock.ts'
import { type Db, inTransaction } from '../../../../platform/database/index.ts'
import { newId } from '../../../../platform/identifiers.ts'
import { FIRST_INTENTS } from '../first-intents.ts'
import { OUT_OF_SCOPE } from '../model/model.ts'
import { readFirstExamples } from '../read-first-examples.ts'
import { plainWords } from './plain-words.ts'
import { countChange, countIntents, insertExamples, saveIntents } from './store.ts'

/** Teaches the first examples where nothing is taught; designers change them from then on. Gives whether it did. */
export async function seedExamples(db: Db, clock: Clock, by: string): Promise<boolean> {
  if ((await countIntents(db)) > 0) return false
  const examples = await readFirstExamples()
  const at = clock.now()
  return inTransaction(db, async (tx) => {
    // Nodes that start together queue up here: the second finds what the first taught.
    await countChange(tx)
    if ((await countIntents(tx)) > 0) return false
    const intents = FIRST_INTENTS.map(({ key, topic, ru, en }) => ({ key, topicKey: topic, ru, en }))
    const outside = { key: OUT_OF_SCOPE, topicKey: null, ru: 'Не про нас', en: 'None of ours' }
    await saveIntents(tx, [...intents, outside], at)
    await insertExamples(
      tx,
      examples.map(({ text, intent }) => ({
        id: newId(clock),
        intent,
        text,
        plain: plainWords(text),
        addedAt: at,
        addedBy: by,
      })),
    )
    return true
  })
}
