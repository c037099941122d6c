/** What belongs to a line is called `LINE.PART`: its address says where to look, whoever keeps the lines. */
export const partId = (lineId: string, part: string): string => `${lineId}.${part}`

/** The line of a thing's id. */
export const lineOf = (id: string): string => id.split('.', 1)[0] ?? ''

/** What of the line it is; the line itself: undefined. */
export function partOf(id: string): string | undefined {
  const dot = id.indexOf('.')
  return dot < 0 ? undefined : id.slice(dot + 1)
}
