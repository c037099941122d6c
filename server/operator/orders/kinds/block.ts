import { blockLine as block, blockConflicts, conflict, unblockLine as unblock } from '../../lines/index.ts'
import { conflictEffects, type Kind, warning } from './kind.ts'

export const blockLine: Kind<'block-line'> = {
  undoable: false,
  effects: ({ line }, { reason }) => [
    ...conflictEffects(blockConflicts(line, reason)),
    warning('outgoing-stops'),
    ...(line.holds.some(({ amount }) => amount > 0) ? [warning('lots-return')] : []),
  ],
  carryOut: (tx, { lines }, act, { reason }) =>
    block(tx, lines, { ...act, reason, askedFrom: act.by.contactPointId }),
}

/** What the person blocked the person unblocks; a block of the operator is not lifted by an order. */
const LIFTED = ['voluntary', 'lost'] as const

export const unblockLine: Kind<'unblock-line'> = {
  undoable: false,
  effects: ({ line: { blockedFor, state } }) =>
    blockedFor === 'voluntary' || blockedFor === 'lost'
      ? []
      : conflictEffects([conflict('line-state', blockedFor ?? state)]),
  carryOut: (tx, { lines }, act) =>
    unblock(tx, lines, { ...act, only: LIFTED, askedFrom: act.by.contactPointId }),
}
