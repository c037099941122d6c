import type pg from 'pg'
import { VOLNA_CATALOGUE } from '../../server/demo/volna/catalogue.ts'
import { findInForce, seedCatalogue } from '../../server/operator/catalogue/index.ts'
import {
  addParty,
  advanceLines,
  connectOffering,
  DEFAULT_RULES,
  giveDiscount,
  type LinesContext,
  openLines,
} from '../../server/operator/lines/index.ts'
import { connectPool, type Db, type Executor, inTransaction } from '../../server/platform/database/index.ts'
import { createKept } from '../../server/platform/kept/index.ts'

/** Lines that the product itself opens and brings up to the present; all others are copies of them. */
const MODELS = 200
const PERIOD_MS = 30 * 86_400_000
/** Opened so far apart that their times of day are spread too. */
const GOLDEN = 0.618034
const CONSENT = { through: 'api', words: 'Согласен подключить подписку' } as const

interface LinesWanted {
  /** A multiple of `MODELS`. */
  readonly lines: number
  /** One line in so many pays a subscription every day. */
  readonly daily: number
  readonly now: Date
}

/**
 * Fills a migrated database with lines in the middle of their periods: a tariff with three packages, an option with a fourth, for one in
 * five a discount, for one in `daily` a subscription by the day.
 */
export async function fillLines(client: pg.Client, databaseUrl: string, wanted: LinesWanted): Promise<void> {
  const { db, close } = connectPool({ connectionString: databaseUrl, max: 2, applicationName: 'bench' })
  await openModels(db, wanted)
  await close()
  await copyModels(client, wanted.lines / MODELS)
}

async function openModels(db: Db, { daily, now }: LinesWanted): Promise<void> {
  await seedCatalogue(db, { now: () => now }, VOLNA_CATALOGUE, 'bench')
  const at = (ms: number): LinesContext => ({
    clock: { now: () => new Date(ms) },
    announce: async () => undefined,
    rules: DEFAULT_RULES,
    glances: createKept(db).shelf(1),
    askTopUp: async () => undefined,
  })
  for (let n = 0; n < MODELS; n++) {
    const age = ((n * GOLDEN) % 1) * PERIOD_MS * 0.99
    await inTransaction(db, (tx) => openModel(tx, at(now.getTime() - age), n, n % daily === 0))
  }
  const fail = (error: unknown) => {
    throw error
  }
  while ((await advanceLines(db, at(now.getTime()), MODELS, fail)) > 0);
}

async function openModel(tx: Executor, lines: LinesContext, n: number, daily: boolean): Promise<void> {
  const tariff = await findInForce(tx, 'breeze')
  const partyId = await addParty(tx, lines, { kind: 'person', name: `Абонент ${n}` })
  const opening = { kopecks: 10_000_000, from: 'payments:opening' }
  const [lineId = ''] = await openLines(tx, lines, [
    {
      partyId,
      msisdn: String(79_000_000_000 + n),
      region: 'Москва',
      timeZone: 'Europe/Moscow',
      tariffId: tariff?.id ?? '',
      opening,
    },
  ])
  await connectOffering(tx, lines, { lineId, ref: 'bench:option', code: 'minutes-500' })
  if (n % 5 === 0) await giveDiscount(tx, lines, { lineId, ref: 'bench:discount', code: 'own-number' })
  if (daily) {
    await connectOffering(tx, lines, {
      lineId,
      ref: 'bench:content',
      code: 'horoscope',
      consent: CONSENT,
    })
  }
}

/** What hangs on a line, as `table: columns that name a row of a line's own`. */
const COPIED: readonly (readonly [table: string, ids: readonly string[], number?: string])[] = [
  ['lines.party', ['id']],
  ['lines.line', ['id', 'cash_id', 'held_id'], 'msisdn'],
  ['lines.role', ['id', 'line_id', 'party_id']],
  ['lines.bucket', ['id', 'line_id', 'connected_id']],
  ['lines.connected', ['id', 'line_id']],
  ['lines.discount', ['id', 'line_id']],
  ['ledger.account', ['id', 'owner_id']],
]

/** Copies every line so often that there are `times` of each, column by column, with ids of their own. */
async function copyModels(client: pg.Client, times: number): Promise<void> {
  // What the copies' rows must keep they keep as their models do.
  await client.query('set session_replication_role = replica; set synchronous_commit = off')
  // A copy's id is its own everywhere; the version stays 7, for another one marks the ledger's system accounts.
  await client.query(`create schema if not exists bench;
    create or replace function bench.copy_of(id uuid, n int) returns uuid language sql immutable parallel safe
      return overlay(overlay(md5(id::text || ' ' || n) placing '7' from 13 for 1) placing '8' from 17 for 1)::uuid`)
  for (const [table, ids, number] of COPIED) {
    const columns = await columnsOf(client, table)
    const values = columns.map((column) => {
      if (ids.includes(column)) return `bench.copy_of(${column}, n)`
      return column === number ? `(${column}::bigint + n * ${MODELS})::text` : column
    })
    // The order of rows on disk is not that of what is asked.
    await client.query(
      `insert into ${table} (${columns}) select ${values} from ${table}, generate_series(1, ${times - 1}) n order by md5(id::text || n)`,
    )
  }
  for (const [table] of COPIED) await client.query(`vacuum analyze ${table}`)
  await client.query('set session_replication_role = origin; set synchronous_commit = on; checkpoint')
}

async function columnsOf(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
  )
  return rows.map(({ name }) => name)
}

/** The cookie's value of the n-th person, from 1. */
export const sessionToken = (n: number): string => `bench-session-${n}`

/** Signs the owner of every line in, on a device of their own; their lines have lanes from then on. The n-th session by id is the one of `sessionToken(n)`. */
export async function signEverybodyIn(client: pg.Client): Promise<void> {
  const id = (kind: number) => `('01900000-0000-7000-80${kind}0-' || lpad(to_hex(n), 12, '0'))::uuid`
  await client.query(`set session_replication_role = replica; set synchronous_commit = off;
    create table bench.person as
      select row_number() over (order by md5(line_id::text))::int as n, line_id, party_id from lines.role where role = 'owner';
    insert into subscribers.subscriber (id, name, locale, created_at) select ${id(1)}, 'Абонент ' || n, 'ru', now() from bench.person;
    insert into subscribers.party_link (party_id, subscriber_id, made_at) select party_id::text, ${id(1)}, now() from bench.person;
    insert into my.session (id, token_hash, subscriber_id, device, trusted, signed_in_by, line_id, signed_in_at, last_seen_at,
        idle_until, ends_at, fresh_until)
      select ${id(2)}, sha256(convert_to('${sessionToken(0).slice(0, -1)}' || n, 'UTF8')), ${id(1)}, 'bench', true, 'sms', line_id, now(), now(),
        now() + interval '90 days', now() + interval '365 days', null from bench.person;
    insert into timeline.lane (id, kind) select line_id, 'line' from bench.person order by md5(line_id::text || 'lane')`)
  for (const table of ['subscribers.subscriber', 'subscribers.party_link', 'my.session', 'timeline.lane'])
    await client.query(`vacuum analyze ${table}`)
  await client.query('set session_replication_role = origin; set synchronous_commit = on; checkpoint')
}
