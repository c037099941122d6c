import type { Clock } from '../../../../platform/clock.ts'
import type { Executor } from '../../../../platform/database/index.ts'
import { newId } from '../../../../platform/identifiers.ts'
import { found, Refusal } from '../../../../platform/refusal.ts'
import { plainWords } from './plain-words.ts'
import {
  countChange,
  countExamples,
  deleteExample,
  type ExampleRow,
  findByWords,
  findExample,
  findIntent,
  insertExamples,
  MOST_EXAMPLES,
  setIntent,
} from './store.ts'

interface NewExample {
  readonly intent: string
  readonly text: string
  /** Name of who teaches. */
  readonly by: string
}

/**
 * Teaches an example. The same words again change nothing and give what is there. Refuses with `not_found` (no such intent), `conflict` (another intent,
 * `facts.intent`, has these words), `capacity_exceeded` (more than training can bear).
 */
export async function addExample(
  tx: Executor,
  clock: Clock,
  { intent, text, by }: NewExample,
): Promise<ExampleRow> {
  found(await findIntent(tx, intent), 'intent')
  // Whoever changes examples queues up here, so that two cannot teach the same words to two intents.
  await countChange(tx)
  const plain = plainWords(text)
  const same = await findByWords(tx, plain)
  if (same !== undefined) {
    if (same.intent === intent) return same
    throw new Refusal('conflict', { intent: same.intent, id: same.id })
  }
  await requireRoom(tx)
  const example = { id: newId(clock), intent, text: text.trim(), plain, addedAt: clock.now(), addedBy: by }
  await insertExamples(tx, [example])
  return example
}

/** Refuses with `capacity_exceeded` when there are as many examples as training can bear. */
export async function requireRoom(tx: Executor): Promise<void> {
  if ((await countExamples(tx)) >= MOST_EXAMPLES)
    throw new Refusal('capacity_exceeded', { most: MOST_EXAMPLES })
}

/** Moves an example to another intent; gives it as it was and as it is. Refuses with `not_found`. */
export async function moveExample(
  tx: Executor,
  id: string,
  intent: string,
): Promise<{ before: ExampleRow; after: ExampleRow }> {
  const before = found(await findExample(tx, id), 'example')
  found(await findIntent(tx, intent), 'intent')
  if (before.intent !== intent) {
    await setIntent(tx, id, intent)
    await countChange(tx)
  }
  return { before, after: { ...before, intent } }
}

/** Forgets an example; gives what it was, undefined if it was gone already. */
export async function removeExample(tx: Executor, id: string): Promise<ExampleRow | undefined> {
  const removed = await deleteExample(tx, id)
  if (removed !== undefined) await countChange(tx)
  return removed
}
