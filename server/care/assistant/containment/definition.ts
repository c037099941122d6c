const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/**
 * What is counted, as docs/measures.md has it. Who changes any of it raises the version: each visit keeps the one under which it was counted,
 * and a report shows where they change.
 */
export const CONTAINMENT = {
  version: 1,
  /** Who writes again so soon goes on with their visit, whatever about. */
  sittingMs: 30 * MINUTE_MS,
  /** Nobody of the staff and no new contact on the topic for so many days. */
  days: [1, 7],
} as const

export const dayMs = (days: number): number => days * DAY_MS

/** Do words of now go on with a visit whose newest step was then? */
export const isSameVisit = (last: Date, now: Date): boolean =>
  now.getTime() - last.getTime() <= CONTAINMENT.sittingMs

/** A contact after a visit, with the top-level topic that it was about; null: none is known. */
export interface Contact {
  readonly at: Date
  readonly topic: string | null
}

/** The first contact that makes a visit no success: on the same topic, where not knowing one means the same. */
export function recontactOf(topic: string | null, contacts: readonly Contact[]): Date | null {
  const same = contacts.filter((one) => topic === null || one.topic === null || one.topic === topic)
  return same.reduce<Date | null>((first, { at }) => (first === null || at < first ? at : first), null)
}
