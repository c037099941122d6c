import type pg from 'pg'
import type { Sequence, Table } from './manifest.ts'

// Both are written by running the migrations on the other side.
const OWN_HISTORY = ['migrations.applied', 'graphile_worker.migrations']

const TABLES = `
  select c.oid::int as id, format('%I.%I', n.nspname, c.relname) as name,
    array(select quote_ident(a.attname) from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
    array(select f.confrelid::int from pg_constraint f where f.contype = 'f' and f.conrelid = c.oid and f.confrelid <> c.oid) as needs
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and format('%I.%I', n.nspname, c.relname) <> all($1)
  order by name`

interface Found {
  id: number
  name: string
  columns: string[]
  /** Tables that rows of this one refer to. */
  needs: number[]
}

/** Every table that a crash leaves whole, those referred to before those that refer. A partitioned one counts as one: how it is cut is the target's affair. */
export async function listTables(client: pg.Client): Promise<Omit<Table, 'rows'>[]> {
  const { rows } = await client.query<Found>(TABLES, [OWN_HISTORY])
  return inOrderOfReference(rows).map(({ name, columns }) => ({ name, columns }))
}

function inOrderOfReference(tables: Found[]): Found[] {
  const ordered: Found[] = []
  const waiting = new Set(tables)
  while (waiting.size > 0) {
    const blocked = new Set([...waiting].map(({ id }) => id))
    const ready = [...waiting].filter(({ needs }) => !needs.some((id) => blocked.has(id)))
    if (ready.length === 0)
      throw new Error(
        `tables refer to each other in a circle: ${[...waiting].map(({ name }) => name).join(', ')}`,
      )
    for (const table of ready) waiting.delete(table)
    ordered.push(...ready)
  }
  return ordered
}

export async function listSequences(client: pg.Client): Promise<Sequence[]> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, sequencename) as name from pg_sequences where schemaname <> 'migrations' order by name`,
  )
  const sequences: Sequence[] = []
  for (const { name } of rows) {
    const { rows: state } = await client.query<Omit<Sequence, 'name'>>(
      `select last_value::text as value, is_called as called from ${name}`,
    )
    sequences.push(...state.map((found) => ({ name, ...found })))
  }
  return sequences
}

/** Names of the migrations that ran, in order; none if this is not a database of ours. */
export async function listMigrations(client: pg.Client): Promise<string[]> {
  const table = await client.query<{ present: boolean }>(
    `select to_regclass('migrations.applied') is not null as present`,
  )
  if (!table.rows[0]?.present) return []
  const { rows } = await client.query<{ name: string }>('select name from migrations.applied order by id')
  return rows.map(({ name }) => name)
}

/** How many rows a table holds now. */
export async function countRows(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query<{ n: string }>(`select count(*) as n from ${table}`)
  return Number(rows[0]?.n)
}
