import type { FlowStep } from '../../../../contracts/assistant.ts'
import type { Flow } from '../../../../contracts/flows.ts'
import { type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'

export interface StoredFlow {
  readonly key: string
  readonly version: number
  readonly draftVersion: number
  readonly publishedVersion: number | null
  readonly changedAt: Date
  readonly changedBy: string
}

/** Who does something to a flow; without an id: the house itself. */
export interface Author {
  readonly id: string | null
  readonly name: string
}

const MOST_FLOWS = 200
const COLUMNS = sql`f.key, f.version, f.draft_version as "draftVersion", f.published_version as "publishedVersion",
  f.changed_at as "changedAt", f.changed_by as "changedBy"`

type ListedFlow = StoredFlow & { readonly title: Flow['title'] }

/** All flows by key, with the titles of their newest texts. */
export function listFlows(db: Executor): Promise<ListedFlow[]> {
  return rows(
    db,
    sql<ListedFlow>`
      select ${COLUMNS}, s.flow->'title' as title from assistant.flow f
      join assistant.flow_step s on s.flow_key = f.key and s.version = f.draft_version
      order by f.key limit ${MOST_FLOWS}`,
  )
}

export function findFlow(db: Executor, key: string): Promise<StoredFlow | undefined> {
  return maybeOne(db, sql<StoredFlow>`select ${COLUMNS} from assistant.flow f where f.key = ${key}`)
}

/** The flow; others who want to change it wait until the transaction ends. */
export function lockFlow(tx: Executor, key: string): Promise<StoredFlow | undefined> {
  return maybeOne(
    tx,
    sql<StoredFlow>`select ${COLUMNS} from assistant.flow f where f.key = ${key} for update`,
  )
}

/** What was drafted in a version, and by whom. */
export function findDraft(
  db: Executor,
  key: string,
  version: number,
): Promise<{ flow: Flow; writtenBy: Author } | undefined> {
  return maybeOne(
    db,
    sql<{ flow: Flow; writtenBy: Author }>`
      select flow, json_build_object('id', by_id, 'name', by_name) as "writtenBy" from assistant.flow_step
      where flow_key = ${key} and version = ${version} and flow is not null`,
  )
}

/** The text that was drafted in a version. */
export async function findFlowText(db: Executor, key: string, version: number): Promise<Flow | undefined> {
  return (await findDraft(db, key, version))?.flow
}

export interface PublishedFlow {
  readonly key: string
  readonly version: number
  readonly title: Flow['title']
  readonly intents: readonly string[]
}

/** What new dialogs may begin on, by key. */
export function listPublished(db: Executor): Promise<PublishedFlow[]> {
  return rows(
    db,
    sql<PublishedFlow>`
      select f.key, f.published_version as version, s.flow->'title' as title, s.flow->'intents' as intents from assistant.flow f
      join assistant.flow_step s on s.flow_key = f.key and s.version = f.published_version
      order by f.key limit ${MOST_FLOWS}`,
  )
}

/** Which texts new dialogs begin on, by key. */
export function listInForce(db: Executor): Promise<{ key: string; version: number }[]> {
  return rows(
    db,
    sql<{ key: string; version: number }>`select key, published_version as version from assistant.flow
      where published_version is not null order by key limit ${MOST_FLOWS}`,
  )
}

/** Was this text ever in force? */
export async function wasPublished(db: Executor, key: string, flowVersion: number): Promise<boolean> {
  const found = await rows(
    db,
    sql`select 1 from assistant.flow_step
      where flow_key = ${key} and flow_version = ${flowVersion} and act <> 'drafted' limit 1`,
  )
  return found.length > 0
}

type ListedStep = Omit<FlowStep, 'at'> & { readonly at: Date }

/** What was done to a flow below a version, newest first. */
export function listFlowSteps(
  db: Executor,
  key: string,
  { below, limit }: { readonly below: number | null; readonly limit: number },
): Promise<ListedStep[]> {
  return rows(
    db,
    sql<ListedStep>`
      select version, act, flow_version as "flowVersion", at, by_name as by from assistant.flow_step
      where flow_key = ${key} and ${below === null ? sql`true` : sql`version < ${below}`}
      order by version desc limit ${limit}`,
  )
}

export interface NewStep {
  readonly flow: StoredFlow
  readonly act: FlowStep['act']
  readonly flowVersion: number
  /** The text that it makes. */
  readonly text: Flow | null
  readonly by: Author
}

/** Adds a flow with its first step. Gives false when its key is taken. */
export async function insertFlow(tx: Executor, step: NewStep): Promise<boolean> {
  const { key, version, draftVersion, changedAt, changedBy } = step.flow
  const added = await rows(
    tx,
    sql`insert into assistant.flow (key, version, draft_version, changed_at, changed_by)
      values (${key}, ${version}, ${draftVersion}, ${changedAt}, ${changedBy})
      on conflict (key) do nothing returning key`,
  )
  if (added.length === 0) return false
  await insertStep(tx, step)
  return true
}

/** Keeps a further step, and the flow as it is after it. */
export async function keepStep(tx: Executor, step: NewStep): Promise<void> {
  const { key, version, draftVersion, publishedVersion, changedAt, changedBy } = step.flow
  await rows(
    tx,
    sql`update assistant.flow set version = ${version}, draft_version = ${draftVersion},
        published_version = ${publishedVersion}, changed_at = ${changedAt}, changed_by = ${changedBy}
      where key = ${key}`,
  )
  await insertStep(tx, step)
}

async function insertStep(tx: Executor, { flow, act, flowVersion, text, by }: NewStep): Promise<void> {
  await rows(
    tx,
    sql`insert into assistant.flow_step (flow_key, version, act, flow_version, flow, at, by_id, by_name)
      values (${flow.key}, ${flow.version}, ${act}, ${flowVersion}, ${text && JSON.stringify(text)}::json, ${flow.changedAt},
        ${by.id}, ${by.name})`,
  )
}
