import type { Clock } from '../../platform/clock.ts'
import { type Executor, maybeOne, rows, sql } from '../../platform/database/index.ts'
import { forgetRows } from '../../platform/jobs/index.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { findDocument, type Reader } from './document-store.ts'

export interface Vote {
  /** Made up by the reader's browser for this one answer. */
  readonly id: string
  readonly key: string
  readonly helpful: boolean
}

const REMEMBERED_MS = 86_400_000

/**
 * Counts a reader's answer on today's row of the article. The same id again counts once, and with the other answer moves it.
 * Refuses with `not_found`, and `idempotency_key_reused` when the id answered about another article.
 */
export async function voteOnArticle(tx: Executor, clock: Clock, reader: Reader, vote: Vote): Promise<void> {
  const { id, key, helpful } = vote
  const { articleId } = found(await findDocument(tx, key, reader), 'article')
  const at = clock.now()
  const day = dayOf(at)
  if (await insertVote(tx, { id, articleId, day, helpful, at })) {
    await count(tx, { articleId, day, yes: helpful ? 1 : 0, no: helpful ? 0 : 1 })
    return
  }
  const before = await changeVote(tx, id, helpful)
  if (before && before.articleId !== articleId) throw new Refusal('idempotency_key_reused')
  if (!before || before.helpful === helpful) return
  await count(tx, { articleId, day: before.day, yes: helpful ? 1 : -1, no: helpful ? -1 : 1 })
}

/** The day of an instant, in UTC. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

interface StoredVote {
  readonly id: string
  readonly articleId: string
  readonly day: string
  readonly helpful: boolean
  readonly at: Date
}

async function insertVote(tx: Executor, { id, articleId, day, helpful, at }: StoredVote): Promise<boolean> {
  const added = await rows(
    tx,
    sql`insert into knowledge.vote (id, article_id, day, helpful, at) values (${id}, ${articleId}, ${day}::date, ${helpful}, ${at})
      on conflict (id) do nothing returning id`,
  )
  return added.length > 0
}

/** Gives the vote as it was. */
function changeVote(
  tx: Executor,
  id: string,
  helpful: boolean,
): Promise<Omit<StoredVote, 'id' | 'at'> | undefined> {
  return maybeOne(
    tx,
    sql<Omit<StoredVote, 'id' | 'at'>>`
      with before as (select * from knowledge.vote where id = ${id} for update)
      update knowledge.vote v set helpful = ${helpful} from before b where v.id = b.id
      returning b.article_id as "articleId", b.day, b.helpful`,
  )
}

async function count(
  tx: Executor,
  { articleId, day, yes, no }: { articleId: string; day: string; yes: number; no: number },
): Promise<void> {
  await rows(
    tx,
    sql`insert into knowledge.helpfulness as h (article_id, day, yes, no) values (${articleId}, ${day}::date, ${yes}, ${no})
      on conflict (article_id, day) do update set yes = h.yes + excluded.yes, no = h.no + excluded.no`,
  )
}

/** Forgets the ids of answers that are older than a day; the counts stay. Gives how many. */
export function forgetVotes(db: Executor, clock: Clock): Promise<number> {
  const before = new Date(clock.now().getTime() - REMEMBERED_MS)
  return forgetRows(db, { from: sql`knowledge.vote`, which: sql`at < ${before}`, oldestBy: sql`at` })
}
