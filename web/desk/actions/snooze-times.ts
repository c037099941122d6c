/** Times that people mean: in an hour, this evening, tomorrow morning, Monday morning. */
export type SnoozeName = 'hour' | 'evening' | 'tomorrow' | 'monday'

function at(now: Date, days: number, hour: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour)
}

/** The presets that still make sense at `now`, in the agent's own time zone. */
export function snoozeTimes(now: Date): readonly (readonly [SnoozeName, Date])[] {
  const toMonday = (8 - now.getDay()) % 7 || 7
  const evening = at(now, 0, 18)
  return [
    ['hour', new Date(now.getTime() + 3_600_000)] as const,
    ...(evening.getTime() - now.getTime() > 2 * 3_600_000 ? [['evening', evening] as const] : []),
    ['tomorrow', at(now, 1, 9)] as const,
    ...(toMonday > 1 ? [['monday', at(now, toMonday, 9)] as const] : []),
  ]
}
