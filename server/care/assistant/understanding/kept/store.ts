import { type Executor, maybeOne, one, rows, sql } from '../../../../platform/database/index.ts'

export interface IntentRow {
  readonly key: string
  readonly topicKey: string | null
  readonly ru: string
  readonly en: string
}

export interface ExampleRow {
  readonly id: string
  readonly intent: string
  readonly text: string
  readonly plain: string
  readonly addedAt: Date
  readonly addedBy: string
}

export const MOST_INTENTS = 500
/** Above this, training takes longer than a designer waits. */
export const MOST_EXAMPLES = 20_000

const exampleColumns = sql`id, intent, text, plain, added_at as "addedAt", added_by as "addedBy"`

/** Every intent with how many examples it has, by key; the reserved one for what is out of scope included. */
export function listIntents(db: Executor): Promise<(IntentRow & { readonly examples: number })[]> {
  return rows(
    db,
    sql<IntentRow & { examples: number }>`
      select key, topic_key as "topicKey", title_ru as ru, title_en as en,
             (select count(*)::int from understanding.example where intent = key) as examples
      from understanding.intent order by key limit ${MOST_INTENTS}`,
  )
}

export async function countIntents(db: Executor): Promise<number> {
  return (await one(db, sql<{ count: number }>`select count(*)::int as count from understanding.intent`))
    .count
}

export function findIntent(db: Executor, key: string): Promise<IntentRow | undefined> {
  return maybeOne(
    db,
    sql<IntentRow>`
      select key, topic_key as "topicKey", title_ru as ru, title_en as en from understanding.intent where key = ${key}`,
  )
}

/** Adds intents, or writes their topic and title anew. */
export async function saveIntents(db: Executor, intents: readonly IntentRow[], at: Date): Promise<void> {
  await rows(
    db,
    sql`
      insert into understanding.intent (key, topic_key, title_ru, title_en, created_at)
      select key, topic_key, ru, en, ${at}
      from unnest(
        ${intents.map(({ key }) => key)}::text[], ${intents.map(({ topicKey }) => topicKey)}::text[],
        ${intents.map(({ ru }) => ru)}::text[], ${intents.map(({ en }) => en)}::text[]
      ) as given (key, topic_key, ru, en)
      on conflict (key) do update
      set topic_key = excluded.topic_key, title_ru = excluded.title_ru, title_en = excluded.title_en`,
  )
}

/** All that is taught, in an order that does not change. */
export function allExamples(db: Executor): Promise<Pick<ExampleRow, 'id' | 'intent' | 'text'>[]> {
  return rows(
    db,
    sql<Pick<ExampleRow, 'id' | 'intent' | 'text'>>`
      select id, intent, text from understanding.example order by id limit ${MOST_EXAMPLES}`,
  )
}

/** Examples of an intent, newest first, before one of them. */
export function listExamples(
  db: Executor,
  {
    intent,
    before,
    limit,
  }: { readonly intent: string; readonly before: string | null; readonly limit: number },
): Promise<ExampleRow[]> {
  return rows(
    db,
    sql<ExampleRow>`
      select ${exampleColumns} from understanding.example
      where intent = ${intent} and (${before}::uuid is null or id < ${before}::uuid)
      order by id desc limit ${limit}`,
  )
}

export function findExample(db: Executor, id: string): Promise<ExampleRow | undefined> {
  return maybeOne(
    db,
    sql<ExampleRow>`select ${exampleColumns} from understanding.example where id = ${id} for update`,
  )
}

export function findByWords(db: Executor, plain: string): Promise<ExampleRow | undefined> {
  return maybeOne(
    db,
    sql<ExampleRow>`select ${exampleColumns} from understanding.example where plain = ${plain}`,
  )
}

export async function countExamples(db: Executor): Promise<number> {
  return (await one(db, sql<{ count: number }>`select count(*)::int as count from understanding.example`))
    .count
}

/** Adds examples; those whose words are taught already are left as they are. Gives how many were new. */
export async function insertExamples(db: Executor, examples: readonly ExampleRow[]): Promise<number> {
  const added = await rows(
    db,
    sql`
      insert into understanding.example (id, intent, text, plain, added_at, added_by)
      select * from unnest(
        ${examples.map(({ id }) => id)}::uuid[], ${examples.map(({ intent }) => intent)}::text[],
        ${examples.map(({ text }) => text)}::text[], ${examples.map(({ plain }) => plain)}::text[],
        ${examples.map(({ addedAt }) => addedAt)}::timestamptz[], ${examples.map(({ addedBy }) => addedBy)}::text[]
      )
      on conflict (plain) do nothing returning id`,
  )
  return added.length
}

export async function setIntent(db: Executor, id: string, intent: string): Promise<void> {
  await rows(db, sql`update understanding.example set intent = ${intent} where id = ${id}`)
}

export async function deleteExample(db: Executor, id: string): Promise<ExampleRow | undefined> {
  return maybeOne(
    db,
    sql<ExampleRow>`delete from understanding.example where id = ${id} returning ${exampleColumns}`,
  )
}

/** How many changes there were. */
export async function readRevision(db: Executor): Promise<number> {
  return (await one(db, sql<{ number: number }>`select number::int from understanding.revision`)).number
}

/** Says, in the transaction of the change, that there is something new to learn; changes queue up here. */
export async function countChange(tx: Executor): Promise<void> {
  await rows(tx, sql`update understanding.revision set number = number + 1`)
}
