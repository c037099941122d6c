import type { ErrorCode } from '../../contracts/problems.ts'

/**
 * An expected no: the caller did nothing strange, it just cannot be. Everything else that is thrown is a defect.
 * `facts` are told to the caller and masked in logs; the sentence for people stands in `messages/` under the code.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: ErrorCode
  readonly facts: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, facts: Readonly<Record<string, unknown>> = {}) {
    super(code)
    this.code = code
    this.facts = facts
  }
}

/** The value, or the refusal `not_found`. */
export function found<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new Refusal('not_found', { what })
  return value
}
