import { format } from 'node:util'
import { pino } from 'pino'
import { maskFields } from './mask-fields.ts'
import { maskText } from './mask-text.ts'

type Write = (fields: object, message: string) => void

/** What the rest of the house needs of a logger. The message is a constant text; whatever varies goes into the fields. */
export interface Log {
  readonly debug: Write
  readonly info: Write
  readonly warn: Write
  readonly error: Write
  readonly fatal: Write
}

export interface LogOptions {
  readonly level: pino.LevelWithSilent
  /** Where lines go; default the standard output. */
  readonly destination?: pino.DestinationStream
}

/** A pino logger (Fastify takes it as it is) through which nothing personal passes, whoever writes what. */
export function createLog({ level, destination }: LogOptions) {
  const log = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: maskFields,
      },
      // Errors have become plain fields by then.
      serializers: { err: (error) => error },
      hooks: {
        logMethod(args: unknown[], method) {
          const [first, ...rest] = args
          const fields =
            first instanceof Error ? { err: first } : typeof first === 'object' ? first : undefined
          const words = fields ? rest : args
          // An error without words of its own would be told by its message, past the mask.
          const message = words.length > 0 ? format(...words) : first instanceof Error ? first.message : ''
          return method.apply(this, [fields ?? {}, maskText(message)])
        },
      },
    },
    destination ?? pino.destination({ sync: false }),
  )
  // Pino asks no formatter about the bindings of children. They inherit this from their parent.
  const { child } = log
  Object.defineProperty(log, 'child', {
    value(this: pino.Logger, bindings: pino.Bindings, options?: pino.ChildLoggerOptions) {
      return Reflect.apply(child, this, [maskFields(bindings), options])
    },
  })
  return log
}
