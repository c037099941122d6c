import { countChanged, type Executor, maybeOne, rows, sql } from '../../platform/database/index.ts'

/** What a line's automatic top-up is paid from now. */
export interface MethodRow {
  readonly id: string
  readonly lineId: string
  /** The owner who agreed. */
  readonly partyId: string
  readonly provider: string
  /** Sealed. */
  readonly token: Buffer
  readonly title: string
  readonly consentAt: Date
  readonly failures: number
}

export type NewMethod = Omit<MethodRow, 'failures'> & {
  readonly paymentId: string
  readonly consentWords: string
}

export function selectMethod(db: Executor, lineId: string): Promise<MethodRow | undefined> {
  return maybeOne(
    db,
    sql<MethodRow>`select id, line_id as "lineId", party_id as "partyId", provider, token, title, consent_at as "consentAt", failures
      from payments.method where line_id = ${lineId} and ended_at is null`,
  )
}

/** Takes the place of what was saved before. */
export async function insertMethod(tx: Executor, method: NewMethod): Promise<void> {
  const { id, lineId, partyId, provider, token, title, paymentId, consentAt, consentWords } = method
  await endMethod(tx, lineId, consentAt)
  await rows(
    tx,
    sql`insert into payments.method (id, line_id, party_id, provider, token, title, payment_id, consent_at, consent_words)
      values (${id}, ${lineId}, ${partyId}, ${provider}, ${token}, ${title}, ${paymentId}, ${consentAt}, ${consentWords})`,
  )
}

/** What it was paid from is forgotten; the consent stays as a proof. Gives how many ended. */
export function endMethod(tx: Executor, lineId: string, now: Date): Promise<number> {
  return countChanged(
    tx,
    sql`update payments.method set ended_at = ${now}, token = null where line_id = ${lineId} and ended_at is null`,
  )
}

/** Charges that failed one after the other, this one included; undefined: the method has ended. */
export async function countFailure(tx: Executor, lineId: string): Promise<number | undefined> {
  const row = await maybeOne(
    tx,
    sql<{ failures: number }>`update payments.method set failures = failures + 1
      where line_id = ${lineId} and ended_at is null returning failures`,
  )
  return row?.failures
}

export async function forgetFailures(tx: Executor, lineId: string): Promise<void> {
  await rows(
    tx,
    sql`update payments.method set failures = 0 where line_id = ${lineId} and ended_at is null and failures > 0`,
  )
}

export function sealedTokens(db: Executor): Promise<{ id: string; sealed: Buffer }[]> {
  return rows(
    db,
    sql<{
      id: string
      sealed: Buffer
    }>`select id, token as sealed from payments.method where token is not null order by id`,
  )
}

/** Replaces a sealed token unless it has changed since it was read. Gives how many rows changed. */
export function swapToken(db: Executor, id: string, old: Buffer, fresh: Buffer): Promise<number> {
  return countChanged(
    db,
    sql`update payments.method set token = ${fresh} where id = ${id} and token = ${old}`,
  )
}

/** Notes that a line's balance fell; more than once before it is taken is once. */
export async function insertFalls(tx: Executor, lineIds: readonly string[], now: Date): Promise<void> {
  await rows(
    tx,
    sql`insert into payments.fall (line_id, fell_at) select line_id, ${now} from unnest(${[...lineIds]}::uuid[]) as l (line_id)
      on conflict (line_id) do nothing`,
  )
}

/** Lines whose balance fell, those that wait longest first. */
export async function selectFalls(db: Executor, now: Date, limit: number): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ lineId: string }>`select line_id as "lineId" from payments.fall
      where fell_at <= ${now} order by fell_at limit ${limit}`,
  )
  return found.map(({ lineId }) => lineId)
}

/** A fall that cannot be charged now goes behind the others, as if it had come at an instant. */
export async function putFallOff(db: Executor, lineId: string, until: Date): Promise<void> {
  await rows(db, sql`update payments.fall set fell_at = ${until} where line_id = ${lineId}`)
}

/** Takes a fall, under the line's lock; false: another node was first. */
export async function takeFall(tx: Executor, lineId: string): Promise<boolean> {
  return (await countChanged(tx, sql`delete from payments.fall where line_id = ${lineId}`)) > 0
}

/** Lines that are charged by what a party let be saved. */
export async function linesOfMethods(db: Executor, partyId: string): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ lineId: string }>`select line_id as "lineId" from payments.method
      where party_id = ${partyId} and ended_at is null order by line_id`,
  )
  return found.map(({ lineId }) => lineId)
}

/** Destroys what says which cards a party paid with. Gives how many. */
export function eraseTitles(tx: Executor, partyId: string): Promise<number> {
  return countChanged(
    tx,
    sql`update payments.method set title = '' where party_id = ${partyId} and title <> '' and ended_at is not null`,
  )
}
