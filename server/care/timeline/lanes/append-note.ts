import { announce } from '../../../platform/bus/index.ts'
import type { Executor } from '../../../platform/database/index.ts'
import type { OutboundContext } from '../outbound/context.ts'
import { appendEntry } from './append-entry.ts'

/** What is written for the staff, who read it in the language of their desk. */
export interface NoteWords {
  readonly ru: string
  readonly en: string
}

/** Writes on a lane, for the staff alone, what the house itself has found; what goes on in the lane is not disturbed. */
export async function appendNote(
  tx: Executor,
  { clock, bus }: Pick<OutboundContext, 'clock' | 'bus'>,
  laneId: string,
  words: NoteWords,
): Promise<void> {
  const { seq } = await appendEntry(tx, clock, {
    laneId,
    direction: 'internal',
    author: { kind: 'system', id: null },
    body: { type: 'note', text: words.ru, words },
  })
  announce(tx, bus, { type: 'entries', lanes: [{ laneId, seq }] })
}
