import type { z } from 'zod'
import type { Macro, macros } from '../../../contracts/knowledge.ts'
import type { Clock } from '../../platform/clock.ts'
import { type Executor, inTransaction } from '../../platform/database/index.ts'
import type { Handlers, Staff } from '../../platform/http/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { found } from '../../platform/refusal.ts'
import { recordChange } from '../audit/index.ts'
import { requireMayShare } from './policy.ts'
import { countUse, deleteMacro, findMacro, listMacros, type MacroRow, saveMacro } from './store.ts'

function shown({ ownerId, updatedAt, ...macro }: MacroRow): z.input<typeof Macro> {
  return { ...macro, shared: ownerId === null, mine: ownerId !== null, updatedAt: updatedAt.toISOString() }
}

/** A macro that the actor may change. Refuses with `not_found`, `forbidden`. */
async function requireOwn(db: Executor, id: string, actor: Staff): Promise<MacroRow> {
  const macro = found(await findMacro(db, id, actor.id), 'macro')
  if (macro.ownerId === null) requireMayShare(actor)
  return macro
}

/** What the audit keeps: everybody's macros with their words, one's own without. */
function kept(macro: MacroRow | null) {
  if (macro === null) return null
  const { title, text, ownerId } = macro
  return ownerId === null ? { title, text, shared: true } : { shared: false }
}

/** The handlers of the `macros` contract. Every change is audited. */
export function macrosHandlers({ clock }: { readonly clock: Clock }): Handlers<typeof macros> {
  const audit = (tx: Executor, actor: Staff, act: string, before: MacroRow | null, after: MacroRow | null) =>
    recordChange(tx, clock, {
      actor,
      act,
      subject: `macro:${(after ?? before)?.id}`,
      before: kept(before),
      after: kept(after),
    })
  return {
    async listMacros({ db, actor }) {
      return (await listMacros(db, actor.id)).map(shown)
    },
    async createMacro({ db, actor, body }) {
      const { title, text, shared } = body
      if (shared) requireMayShare(actor)
      const ownerId = shared ? null : actor.id
      const macro = { id: newId(clock), ownerId, title, text, uses: 0, updatedAt: clock.now() }
      await saveMacro(db, macro)
      await audit(db, actor, 'macro.created', null, macro)
      return shown(macro)
    },
    async changeMacro({ db, actor, params, body }) {
      return inTransaction(db, async (tx) => {
        const macro = await requireOwn(tx, params.id, actor)
        const shared = body.shared ?? macro.ownerId === null
        if (shared) requireMayShare(actor)
        const { title = macro.title, text = macro.text } = body
        const changed = { ...macro, title, text, ownerId: shared ? null : actor.id, updatedAt: clock.now() }
        await saveMacro(tx, changed)
        await audit(tx, actor, 'macro.changed', macro, changed)
        return shown(changed)
      })
    },
    async deleteMacro({ db, actor, params }) {
      await inTransaction(db, async (tx) => {
        const macro = await requireOwn(tx, params.id, actor)
        await deleteMacro(tx, params.id)
        await audit(tx, actor, 'macro.deleted', macro, null)
      })
      return { done: true }
    },
    async countMacroUse({ db, actor, params }) {
      found(await findMacro(db, params.id, actor.id), 'macro')
      await countUse(db, params.id)
      return { done: true }
    },
  }
}
