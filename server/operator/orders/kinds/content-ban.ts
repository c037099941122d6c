import { allowContent as allow, banContent as ban, conflict, stateConflicts } from '../../lines/index.ts'
import { conflictEffects, type Kind, waitingConflicts } from './kind.ts'

/** What is connected stays; nothing new of third parties comes. */
export const banContent: Kind<'ban-content'> = {
  undoable: true,
  effects: (view) => [
    ...conflictEffects([
      ...stateConflicts(view.line, 'change-settings'),
      ...(view.line.contentBannedAt === null ? [] : [conflict('already', 'content-banned')]),
    ]),
    ...waitingConflicts(view, 'content-banned', ({ kind }) => kind === 'ban-content'),
  ],
  carryOut: (tx, { lines }, act) => ban(tx, lines, act),
}

export const allowContent: Kind<'allow-content'> = {
  undoable: false,
  effects: ({ line }) =>
    conflictEffects([
      ...stateConflicts(line, 'change-settings'),
      ...(line.contentBannedAt === null ? [conflict('already', 'content-allowed')] : []),
    ]),
  carryOut: (tx, { lines }, act) => allow(tx, lines, act),
}
