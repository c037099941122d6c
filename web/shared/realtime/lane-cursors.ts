/** Up to which seq each lane is known without a gap. */
export type LaneSeqs = Readonly<Record<string, number>>

interface Placed {
  readonly laneId: string
  readonly seq: number
}

export interface Admission<T> {
  /** Entries that continue their lanes, in order. */
  readonly admitted: readonly T[]
  readonly cursors: LaneSeqs
  /** Whether something is missing between what is known and what came. */
  readonly gap: boolean
}

/** Lets entries in that continue their lane, drops known ones, and tells of gaps; lanes that are not watched are ignored. */
export function admitEntries<T extends Placed>(cursors: LaneSeqs, entries: readonly T[]): Admission<T> {
  const next: Record<string, number> = { ...cursors }
  const admitted: T[] = []
  let gap = false
  for (const entry of [...entries].sort((a, b) => a.seq - b.seq)) {
    const known = next[entry.laneId]
    if (known === undefined || entry.seq <= known) continue
    if (entry.seq > known + 1) {
      gap = true
      continue
    }
    next[entry.laneId] = entry.seq
    admitted.push(entry)
  }
  return { admitted, cursors: next, gap }
}

/** Whether the server's newest seqs are ahead of ours: a last notice was lost. */
export function isBehind(cursors: LaneSeqs, newest: LaneSeqs): boolean {
  return Object.entries(newest).some(([laneId, seq]) => (cursors[laneId] ?? seq) < seq)
}
