/** What happened on one day, at least one thing. */
type Day<T> = [T, ...T[]]

/** Parts a list in the order of time by the days of this device's clock. */
export function daysOf<T extends { readonly at: string }>(items: readonly T[]): Day<T>[] {
  const days: Day<T>[] = []
  for (const item of items) {
    const day = days.at(-1)
    if (day && dayOf(day[0]) === dayOf(item)) day.push(item)
    else days.push([item])
  }
  return days
}

const dayOf = ({ at }: { readonly at: string }): string => new Date(at).toDateString()
