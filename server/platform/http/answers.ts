import { ResponseSerializationError } from 'fastify-type-provider-zod'
import { z } from 'zod'

interface AnswerRoute {
  readonly schema: unknown
  readonly method: string
  readonly url: string
}

/**
 * An answer in JSON by somebody who knows its contract better than a schema does: it is sent as it is. `T` is what stands in it.
 * Held as the bytes that are sent, so that who looks again has nothing encoded anew.
 */
export class Written<T> {
  /** What the text was written of; for the compiler alone. */
  declare readonly of: T
  readonly bytes: Buffer

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  /** @param octets by `octetsOf`: what is put together of pieces that were encoded once needs no encoding any more */
  static of<T>(octets: string): Written<T> {
    // Memory of its own: it may be kept for long, and those of the pool keep each other.
    const bytes = Buffer.allocUnsafeSlow(octets.length)
    bytes.write(octets, 'latin1')
    return new Written(bytes)
  }

  get json(): string {
    return this.bytes.toString()
  }

  get octets(): string {
    return this.bytes.toString('latin1')
  }

  /** The same object with more fields at its end. @param fields of JSON, in ASCII, such as `"role":"owner"` */
  with<U>(fields: string): Written<U> {
    const kept = this.bytes.length - 1
    const bytes = Buffer.allocUnsafe(kept + fields.length + 2)
    this.bytes.copy(bytes, 0, 0, kept)
    bytes.write(`,${fields}}`, kept, 'latin1')
    return new Written(bytes)
  }
}

/** A text as the bytes of its UTF-8, one a character: as long as it is ASCII, it is the same. */
export const octetsOf = (text: string): string => Buffer.from(text).toString('latin1')
/** The text that `octetsOf` was given. */
export const textOf = (octets: string): string => Buffer.from(octets, 'latin1').toString()

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
    const { data, error } = schema.safeParse(answer)
    if (error) throw new ResponseSerializationError(method, url, { cause: error })
    return JSON.stringify(data)
  }
}
