import { type ErrorCode, Problem } from '../../../contracts/problems.ts'

/** Codes of the server, and the three ways in which an answer may not come at all. */
export type ProblemCode = ErrorCode | 'internal' | 'network' | 'timeout' | 'bad_answer'

/** The server said no, or could not be heard. `code` chooses the text for people. */
export class ApiProblem extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly facts: Readonly<Record<string, unknown>>
  readonly traceId: string | null

  constructor(
    code: ProblemCode,
    status = 0,
    facts: Record<string, unknown> = {},
    traceId: string | null = null,
  ) {
    super(code)
    this.name = 'ApiProblem'
    this.code = code
    this.status = status
    this.facts = facts
    this.traceId = traceId
  }
}

/** Whether an error is a problem with one of these codes. */
export function isProblem(error: unknown, ...codes: ProblemCode[]): error is ApiProblem {
  return error instanceof ApiProblem && (codes.length === 0 || codes.includes(error.code))
}

/** A fact of a problem as words: a text, a number, or the name of a colleague; else null. */
export function factText(problem: ApiProblem, name: string): string | null {
  const value = problem.facts[name]
  if (typeof value === 'string') return value
  if (typeof value === 'object' && value && 'name' in value && typeof value.name === 'string')
    return value.name
  return typeof value === 'number' ? String(value) : null
}

/** Reads a problem+json body; anything else becomes a problem by its HTTP status. */
export function problemOf(status: number, payload: unknown): ApiProblem {
  const read = Problem.safeParse(payload)
  if (read.success) return new ApiProblem(read.data.code, status, read.data.facts, read.data.traceId)
  if (status === 401) return new ApiProblem('unauthenticated', status)
  if (status === 429) return new ApiProblem('rate_limited', status)
  return new ApiProblem(status >= 500 ? 'unavailable' : 'bad_answer', status)
}
