import { ResponseSerializationError } from 'fastify-type-provider-zod'
import { z } from 'zod'

interface AnswerRoute {
  readonly schema: unknown
  readonly method: string
  readonly url: string
}

/** An answer in JSON by somebody who knows its contract better than a schema does: it is sent as it is. `T` is what stands in it. */
export class Written<T> {
  /** What the text was written of; for the compiler alone. */
  declare readonly of: T
  readonly json: string

  constructor(json: string) {
    this.json = json
  }
}

// Nothing of these needs to be escaped; to look first is cheaper than to let each be quoted.
const PLAIN = /^[^"\\\p{Cc}\p{Cs}]*$/u

/** A text as JSON has it. */
export const quoted = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text))

/**
 * Writes an answer as its contract has it: what the contract does not name is left out, what it has otherwise is a defect. By parsing,
 * which zod compiles; encoding, the type provider's own way, walks the schema anew for every answer and takes three times as long.
 */
export function answerWriter({ schema, method, url }: AnswerRoute): (answer: unknown) => string {
  if (!(schema instanceof z.ZodType)) throw new Error(`${method} ${url}: its answer has no zod schema`)
  return (answer) => {
    if (answer instanceof Written) return answer.json
    const { data, error } = schema.safeParse(answer)
    if (error) throw new ResponseSerializationError(method, url, { cause: error })
    return JSON.stringify(data)
  }
}
