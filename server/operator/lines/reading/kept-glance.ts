import type { LineAtHand } from '../../edge/index.ts'

/** What was written of a line, and its people, in the memory of this process. */
export type KeptGlance = Pick<LineAtHand, 'people' | 'value'>
