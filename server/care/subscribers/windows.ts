/** The stretch of a lane that belongs to a person: stored at `from` or later and before `to`; null = open. */
export interface LaneWindow {
  readonly laneId: string
  readonly from: Date | null
  readonly to: Date | null
}

/** A link that holds or held (never a voided one), with when its contact point was made. */
export interface LinkSpan {
  readonly contactPointId: string
  readonly madeAt: Date
  readonly validFrom: Date
  readonly validTo: Date | null
}

/**
 * The windows that links open, ordered by lane and time; stretches that touch become one. A link from the making of its contact point on
 * is open at its start, so that no entry falls out because two machines' clocks differ by a moment.
 */
export function windowsOf(links: readonly LinkSpan[]): LaneWindow[] {
  const inOrder = [...links].sort(
    (a, b) =>
      compare(a.contactPointId, b.contactPointId) ||
      a.validFrom.getTime() - b.validFrom.getTime() ||
      endOf(a) - endOf(b),
  )
  const windows: LaneWindow[] = []
  for (const link of inOrder) {
    if (link.validTo && link.validTo.getTime() === link.validFrom.getTime()) continue
    const last = windows.at(-1)
    const touches = last?.laneId === link.contactPointId && last.to?.getTime() === link.validFrom.getTime()
    if (last && touches) windows[windows.length - 1] = { ...last, to: link.validTo }
    else windows.push(windowOf(link))
  }
  return windows
}

function windowOf({ contactPointId, madeAt, validFrom, validTo }: LinkSpan): LaneWindow {
  const fromTheStart = validFrom.getTime() <= madeAt.getTime()
  return { laneId: contactPointId, from: fromTheStart ? null : validFrom, to: validTo }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const endOf = ({ validTo }: LinkSpan) => validTo?.getTime() ?? Number.POSITIVE_INFINITY
