import type { ArticleState, ArticleStep, ArticleText } from '../../../contracts/articles.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import { type Executor, maybeOne, one, type RawSql, rows, sql } from '../../platform/database/index.ts'

export interface StoredArticle {
  readonly id: string
  readonly key: string
  readonly version: number
  readonly textVersion: number
  readonly publishedVersion: number | null
  readonly retired: boolean
  readonly changedAt: Date
  readonly changedBy: string
}

/** Who does something to an article; without an id: the house itself. */
export interface Author {
  readonly id: string | null
  readonly name: string
}

export interface Step {
  readonly articleId: string
  readonly version: number
  readonly act: ArticleStep['act']
  readonly textVersion: number | null
  readonly text: ArticleText | null
  readonly at: Date
  readonly by: Author
}

const columns = sql`a.id, a.key, a.version, a.text_version as "textVersion", a.published_version as "publishedVersion",
  a.retired, a.changed_at as "changedAt", a.changed_by as "changedBy"`

export function findArticle(db: Executor, id: string): Promise<StoredArticle | undefined> {
  return maybeOne(db, sql<StoredArticle>`select ${columns} from knowledge.article a where a.id = ${id}`)
}

/** The article; others who want to change it wait until the transaction ends. */
export function lockArticle(tx: Executor, id: string): Promise<StoredArticle | undefined> {
  return maybeOne(
    tx,
    sql<StoredArticle>`select ${columns} from knowledge.article a where a.id = ${id} for update`,
  )
}

export async function anyArticle(db: Executor): Promise<boolean> {
  return (await rows(db, sql`select 1 from knowledge.article limit 1`)).length > 0
}

/** Adds an article. Gives false when its key is taken. */
export async function insertArticle(tx: Executor, article: StoredArticle): Promise<boolean> {
  const { id, key, version, textVersion, publishedVersion, retired, changedAt, changedBy } = article
  const added = await rows(
    tx,
    sql`insert into knowledge.article (id, key, version, text_version, published_version, retired, changed_at, changed_by)
      values (${id}, ${key}, ${version}, ${textVersion}, ${publishedVersion}, ${retired}, ${changedAt}, ${changedBy})
      on conflict (key) do nothing returning id`,
  )
  return added.length > 0
}

export async function updateArticle(tx: Executor, article: StoredArticle): Promise<void> {
  const { id, version, textVersion, publishedVersion, retired, changedAt, changedBy } = article
  await rows(
    tx,
    sql`update knowledge.article set version = ${version}, text_version = ${textVersion},
        published_version = ${publishedVersion}, retired = ${retired}, changed_at = ${changedAt}, changed_by = ${changedBy}
      where id = ${id}`,
  )
}

export async function insertStep(tx: Executor, step: Step): Promise<void> {
  const { articleId, version, act, textVersion, text, at, by } = step
  await rows(
    tx,
    sql`insert into knowledge.step (article_id, version, act, text_version, text, at, by_id, by_name)
      values (${articleId}, ${version}, ${act}, ${textVersion}, ${text && JSON.stringify(text)}::jsonb, ${at}, ${by.id}, ${by.name})`,
  )
}

/** The text that was drafted in a version. */
export async function findText(
  db: Executor,
  articleId: string,
  version: number,
): Promise<ArticleText | undefined> {
  const row = await maybeOne(
    db,
    sql<{ text: ArticleText }>`
      select text from knowledge.step where article_id = ${articleId} and version = ${version} and text is not null`,
  )
  return row?.text
}

/** Was this text ever in force? */
export async function wasPublished(db: Executor, articleId: string, textVersion: number): Promise<boolean> {
  const found = await rows(
    db,
    sql`select 1 from knowledge.step
      where article_id = ${articleId} and text_version = ${textVersion} and act in ('published', 'rolled-back') limit 1`,
  )
  return found.length > 0
}

type ListedStep = Pick<Step, 'version' | 'act' | 'textVersion' | 'at'> & { readonly by: string }

/** What was done to an article below a version, newest first. */
export function listSteps(
  db: Executor,
  articleId: string,
  { below, limit }: { readonly below: number | null; readonly limit: number },
): Promise<ListedStep[]> {
  return rows(
    db,
    sql<ListedStep>`
      select version, act, text_version as "textVersion", at, by_name as by from knowledge.step
      where article_id = ${articleId} and ${below === null ? sql`true` : sql`version < ${below}`}
      order by version desc limit ${limit}`,
  )
}

export interface ListedArticle extends StoredArticle {
  readonly title: string
  readonly audience: 'public' | 'agents'
  readonly languages: Locale[]
}

const IN_STATE: Readonly<Record<ArticleState, RawSql>> = {
  draft: sql`a.published_version is null and not a.retired`,
  published: sql`a.published_version is not null and not a.retired`,
  retired: sql`a.retired`,
}

/** Articles with the title of their newest text, by key. */
export function listByKey(
  db: Executor,
  page: {
    readonly state: ArticleState | undefined
    readonly after: string | undefined
    readonly limit: number
  },
): Promise<ListedArticle[]> {
  return rows(
    db,
    sql<ListedArticle>`
      select ${columns}, s.text->>'audience' as audience, coalesce(s.text->'ru'->>'title', s.text->'en'->>'title') as title,
        array(select l from unnest(array['ru', 'en']) l where s.text->l <> 'null') as languages
      from knowledge.article a join knowledge.step s on s.article_id = a.id and s.version = a.text_version
      where a.key > ${page.after ?? ''} and ${page.state === undefined ? sql`true` : IN_STATE[page.state]}
      order by a.key limit ${page.limit}`,
  )
}

/** How often readers said that it helped and that it did not, from a day on. */
export function sumHelpfulness(
  db: Executor,
  articleId: string,
  since: string,
): Promise<{ yes: number; no: number }> {
  return one(
    db,
    sql<{ yes: number; no: number }>`
      select coalesce(sum(yes), 0)::int as yes, coalesce(sum(no), 0)::int as no
      from knowledge.helpfulness where article_id = ${articleId} and day >= ${since}::date`,
  )
}
