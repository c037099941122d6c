/** A runner of jobs as it was found: how often it has said so far that it lives. */
export interface Beat {
  readonly id: string
  readonly beats: number
}

/** Tells who has fallen silent, by looks of one's own alone: no clock of another machine is believed. */
export interface Silence {
  /** Takes in what was found just now. Gives those who have not beaten in so many looks that came after the first. */
  look(found: readonly Beat[]): Beat[]
  /** A look failed: whoever could not be seen could not be heard either, and counting begins anew. */
  forget(): void
}

export function watchSilence(looks: number): Silence {
  let known = new Map<string, { readonly beats: number; readonly silent: number }>()
  return {
    look: (found) => {
      const seen = found.map(({ id, beats }) => {
        const before = known.get(id)
        return [id, { beats, silent: before?.beats === beats ? before.silent + 1 : 0 }] as const
      })
      known = new Map(seen)
      return seen.filter(([, { silent }]) => silent >= looks).map(([id, { beats }]) => ({ id, beats }))
    },
    forget: () => known.clear(),
  }
}
