import type { z } from 'zod'

/** What is wrong with the settings of a door: where, and what. */
export interface SettingsProblem {
  /** Dotted: `imap.host`. */
  readonly at: string
  readonly says: string
}

/** What a door's own form says against settings; empty: they can be used. Values are not repeated: some are personal. */
export function settingsProblems(form: z.ZodType, settings: unknown): SettingsProblem[] {
  const read = form.safeParse(settings)
  return read.success
    ? []
    : read.error.issues.map(({ path, message }) => ({ at: path.map(String).join('.'), says: message }))
}
