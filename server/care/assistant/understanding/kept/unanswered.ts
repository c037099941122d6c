import { personalDataIn } from '../../../../../contracts/personal-data.ts'
import type { Clock } from '../../../../platform/clock.ts'
import { type Executor, rows, sql } from '../../../../platform/database/index.ts'
import { newId } from '../../../../platform/identifiers.ts'
import { forgetRows } from '../../../../platform/jobs/index.ts'
import { stemOf } from '../language/stem.ts'
import type { RankedIntent } from '../model/classifier.ts'
import { plainWords } from './plain-words.ts'

export interface Unanswered {
  readonly id: string
  readonly text: string
  readonly plain: string
  readonly times: number
  readonly intent: string
  readonly lastAt: Date
}

/** Questions alike, the most asked first. */
export interface Heap {
  readonly questions: readonly Unanswered[]
  readonly times: number
}

const KEPT_MS = 30 * 86_400_000
/** A story is no example, and the longer it is, the more it tells of somebody. */
const MOST_CHARACTERS = 200
const MOST_READ = 1_000
const MOST_HEAPS = 100
/** Share of stems in common from which on two questions are alike. */
const ALIKE = 0.4

/**
 * Keeps a question that the assistant was not sure of, for the designer: without who asked, digits blanked; one that holds personal data, says
 * nothing or is a long story is not kept, nor one of which not even a likeliest intent is known. The same words again count up.
 */
export async function keepUnanswered(
  db: Executor,
  clock: Clock,
  { text, best }: { readonly text: string; readonly best: RankedIntent | undefined },
): Promise<void> {
  const blanked = text.trim().replace(/\d+/g, '0')
  const plain = plainWords(blanked)
  if (plain === '' || best === undefined || text.length > MOST_CHARACTERS || personalDataIn(text).length > 0)
    return
  await rows(
    db,
    sql`
      insert into understanding.unanswered (id, text, plain, times, intent, confidence, last_at)
      values (${newId(clock)}, ${blanked}, ${plain}, 1, ${best.intent}, ${best.confidence}, ${clock.now()})
      on conflict (plain) do update
      set times = unanswered.times + 1, intent = excluded.intent, confidence = excluded.confidence, last_at = excluded.last_at`,
  )
}

/** Forgets what nobody asked for a month. */
export function forgetUnanswered(db: Executor, clock: Clock): Promise<number> {
  const before = new Date(clock.now().getTime() - KEPT_MS)
  return forgetRows(db, {
    from: sql`understanding.unanswered`,
    which: sql`last_at < ${before}`,
    oldestBy: sql`last_at`,
  })
}

/** Questions by their ids, locked. */
export function findUnanswered(tx: Executor, ids: readonly string[]): Promise<Unanswered[]> {
  return rows(
    tx,
    sql<Unanswered>`
      select id, text, plain, times, intent, last_at as "lastAt" from understanding.unanswered
      where id = any(${[...ids]}::uuid[]) order by id for update`,
  )
}

export async function deleteUnanswered(tx: Executor, ids: readonly string[]): Promise<void> {
  await rows(tx, sql`delete from understanding.unanswered where id = any(${[...ids]}::uuid[])`)
}

/** The most asked questions in heaps of those alike, most asked heap first. */
export async function listHeaps(db: Executor): Promise<Heap[]> {
  const questions = await rows(
    db,
    sql<Unanswered>`
      select id, text, plain, times, intent, last_at as "lastAt" from understanding.unanswered
      order by times desc, id desc limit ${MOST_READ}`,
  )
  return heapsOf(questions)
}

/** Puts each question, in the given order, to the first heap whose opening question it resembles, else opens one. */
export function heapsOf(questions: readonly Unanswered[]): Heap[] {
  const heaps: { stems: ReadonlySet<string>; questions: Unanswered[] }[] = []
  for (const question of questions) {
    const stems = new Set(question.plain.split(' ').map(stemOf))
    const heap = heaps.find((one) => likeness(one.stems, stems) >= ALIKE)
    if (heap === undefined) heaps.push({ stems, questions: [question] })
    else heap.questions.push(question)
  }
  return heaps
    .map(({ questions: own }) => ({
      questions: own,
      times: own.reduce((sum, { times }) => sum + times, 0),
    }))
    .sort((a, b) => b.times - a.times)
    .slice(0, MOST_HEAPS)
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0
  for (const stem of a) if (b.has(stem)) common++
  return common / (a.size + b.size - common)
}
