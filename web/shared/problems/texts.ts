import type { ProblemCode } from '../api/index.ts'

/** A text for every way to fail: a missing one does not compile. */
export type ProblemTexts = Readonly<Record<ProblemCode, string>>
