import { conflict, endRole, findRoles, stateConflicts } from '../../lines/index.ts'
import { countAsked, selectOffersOf } from '../store.ts'
import { conflictEffects, type Kind, type View, waitingConflicts, warning } from './kind.ts'

const DAY_MS = 86_400_000

/** Too many people around a line, or too many who were asked of late. */
async function crowdConflicts({ db, line, now, context }: View) {
  const { lines, rules } = context
  const others = ((await findRoles(db, lines, [line.id])).get(line.id) ?? []).filter(
    ({ role }) => role !== 'owner',
  )
  const asked = (await selectOffersOf(db, line.id, now)).length
  const today = await countAsked(db, line.id, 'share-line', new Date(now.getTime() - DAY_MS))
  return conflictEffects([
    ...(others.length + asked >= rules.othersMax ? [conflict('too-many', 'people')] : []),
    ...(today >= rules.offersDay ? [conflict('too-many', 'day')] : []),
  ])
}

/**
 * Somebody may see the balance of the line and top it up, as `trusted`: never as its user, who is whoever holds the SIM and is signed in by a
 * code that comes to it. Nothing here tells whether there is such a number, or who has it.
 */
export const shareLine: Kind<'share-line'> = {
  undoable: false,
  endsLater: true,
  effects: async (view, { toMsisdn }) => [
    ...conflictEffects([
      ...stateConflicts(view.line, 'change-settings'),
      ...(toMsisdn === view.line.msisdn ? [conflict('own-number')] : []),
    ]),
    ...waitingConflicts(view, toMsisdn, (one) => one.kind === 'share-line' && one.toMsisdn === toMsisdn),
    ...(await crowdConflicts(view)),
    warning('access-given'),
  ],
  // Nothing yet, whoever has the number: they are told after the answer (`tellAsked`), so that its time tells nothing either.
  carryOut: async () => {},
}

/** Only of who was trusted with it: the line's user holds the SIM. */
export const endAccess: Kind<'end-access'> = {
  undoable: false,
  effects: async ({ db, line, context }, { partyId }) => {
    const people = (await findRoles(db, context.lines, [line.id])).get(line.id) ?? []
    const isTrusted = people.some((one) => one.partyId === partyId && one.role === 'trusted')
    return [
      ...(isTrusted ? [] : conflictEffects([conflict('not-connected', 'people')])),
      warning('access-ends'),
    ]
  },
  carryOut: (tx, { lines }, { lineId }, { partyId }) => endRole(tx, lines, { lineId, partyId }),
}

/** Whoever is trusted with a line gives that up; the owner does not have to agree. */
export const leaveLine: Kind<'leave-line'> = {
  undoable: false,
  effects: () => [warning('access-ends')],
  carryOut: (tx, { lines }, { lineId, by }) => {
    if (!by.partyId) throw new Error('somebody without a place in the books has no role on a line')
    return endRole(tx, lines, { lineId, partyId: by.partyId })
  },
}
