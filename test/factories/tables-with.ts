import { type Db, one, rows, sql } from '../../server/platform/database/index.ts'

/** Every row of every table as text, bytes as hexadecimal. */
async function everything(db: Db): Promise<Map<string, string>> {
  const tables = await rows(
    db,
    sql<{ name: string }>`select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const kept = new Map<string, string>()
  for (const { name } of tables) {
    const { text } = await one(
      db,
      sql<{ text: string | null }>`select lower(string_agg(t::text, ' ')) as text from ${sql.raw(name)} t`,
    )
    kept.set(name, text ?? '')
  }
  return kept
}

/** Tables of the whole database in which a text stands, plainly, in bytes or escaped as JSON does. */
export async function tablesWith(db: Db, planted: string): Promise<string[]> {
  const plain = planted.toLowerCase()
  const escaped = (text: string) => JSON.stringify(text).slice(1, -1)
  const ascii = escaped(planted).replace(
    /[^\x20-\x7e]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  const forms = [plain, ascii, Buffer.from(planted).toString('hex'), Buffer.from(ascii).toString('hex')]
  const kept = await everything(db)
  return [...kept].filter(([, text]) => forms.some((form) => text.includes(form))).map(([name]) => name)
}
