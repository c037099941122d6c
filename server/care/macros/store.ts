import { type Executor, maybeOne, rows, sql } from '../../platform/database/index.ts'

export interface MacroRow {
  readonly id: string
  /** Null = shared. */
  readonly ownerId: string | null
  readonly title: string
  readonly text: string
  readonly uses: number
  readonly updatedAt: Date
}

const MOST = 500
const columns = sql`id, owner_id as "ownerId", title, text, uses, updated_at as "updatedAt"`

/** Shared macros and one's own, most used first. */
export function listMacros(db: Executor, memberId: string): Promise<MacroRow[]> {
  return rows(
    db,
    sql<MacroRow>`
      select * from (
        (select ${columns} from macros.macro where owner_id is null order by uses desc limit ${MOST})
        union all
        (select ${columns} from macros.macro where owner_id = ${memberId} order by uses desc limit ${MOST})
      ) seen
      order by uses desc, title, id limit ${MOST}`,
  )
}

/** A macro that the member can see: a colleague's own is as good as none. */
export function findMacro(db: Executor, id: string, memberId: string): Promise<MacroRow | undefined> {
  return maybeOne(
    db,
    sql<MacroRow>`
      select ${columns} from macros.macro where id = ${id} and (owner_id is null or owner_id = ${memberId}) for update`,
  )
}

/** Adds a macro, or writes one anew; how often it was used stays. */
export async function saveMacro(
  db: Executor,
  { id, ownerId, title, text, updatedAt }: MacroRow,
): Promise<void> {
  await rows(
    db,
    sql`insert into macros.macro (id, owner_id, title, text, created_at, updated_at)
        values (${id}, ${ownerId}, ${title}, ${text}, ${updatedAt}, ${updatedAt})
        on conflict (id) do update
        set owner_id = excluded.owner_id, title = excluded.title, text = excluded.text, updated_at = excluded.updated_at`,
  )
}

export async function deleteMacro(db: Executor, id: string): Promise<void> {
  await rows(db, sql`delete from macros.macro where id = ${id}`)
}

export async function countUse(db: Executor, id: string): Promise<void> {
  await rows(db, sql`update macros.macro set uses = uses + 1 where id = ${id}`)
}

export async function anyMacro(db: Executor): Promise<boolean> {
  return (await rows(db, sql`select 1 from macros.macro limit 1`)).length > 0
}
