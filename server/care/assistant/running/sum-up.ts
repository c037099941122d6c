import { inTransaction } from '../../../platform/database/index.ts'
import { takePart, writeNote } from '../../timeline/index.ts'
import { wordsOf } from './dialog-store.ts'
import type { AssistantRoom } from './room.ts'
import type { Claim, Handed } from './talk.ts'

/**
 * A language model's short words for whoever goes on, beside the engine's own note, which stands in any case: whoever dies here, or has no model,
 * leaves no gap. In the language that the dialog ran in.
 */
export async function sumUp(room: AssistantRoom, { laneId }: Claim, { handed }: Handed): Promise<void> {
  const { advisor, db, timeline } = room
  if (!advisor) return
  const { words, locale } = await wordsOf(db, handed)
  if (words.length === 0) return
  const summary = await advisor.summarise(words, locale ?? 'ru')
  if (summary === null) return
  await inTransaction(db, async (tx) => {
    const place = await takePart(tx, timeline, laneId)
    if (place?.conversation.id === handed)
      await writeNote(tx, timeline, place, {
        ru: `Кратко, словами языковой модели: ${summary}`,
        en: `In short, in a language model’s words: ${summary}`,
      })
  })
}
