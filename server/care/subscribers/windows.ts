/** The stretch of a lane that belongs to a person: stored at `from` or later and before `to`; null = open. */
export interface LaneWindow {
  readonly laneId: string
  /** Whose entries the lane holds, a contact point's or a line's: its id is theirs. */
  readonly kind: 'contact-point' | 'line'
  readonly from: Date | null
  readonly to: Date | null
}

/** A link that holds or held (never a voided one). */
export type LinkSpan = LaneWindow

/** The windows that links open, ordered by lane and time; stretches that touch or overlap become one. */
export function windowsOf(links: readonly LinkSpan[]): LaneWindow[] {
  const inOrder = [...links].sort(
    (a, b) => compare(a.laneId, b.laneId) || startOf(a) - startOf(b) || endOf(a) - endOf(b),
  )
  const windows: LaneWindow[] = []
  for (const link of inOrder) {
    if (endOf(link) === startOf(link)) continue
    const last = windows.at(-1)
    const joins = last?.laneId === link.laneId && endOf(last) >= startOf(link)
    if (last && joins)
      windows[windows.length - 1] = endOf(link) > endOf(last) ? { ...last, to: link.to } : last
    else windows.push(link)
  }
  return windows
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const startOf = ({ from }: LinkSpan) => from?.getTime() ?? Number.NEGATIVE_INFINITY
const endOf = ({ to }: LinkSpan) => to?.getTime() ?? Number.POSITIVE_INFINITY
