import type { FastifyBaseLogger } from 'fastify'
import pino from 'pino'

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace'
type Rest = readonly unknown[]

const weightOf = (level: string): number => pino.levels.values[level] ?? Number.POSITIVE_INFINITY

/** The log of one request, with what it is known by. It is made when a line is first written: most requests write none. */
export class RequestLog implements FastifyBaseLogger {
  readonly #parent: FastifyBaseLogger
  readonly #bindings: Parameters<FastifyBaseLogger['child']>[0]
  readonly #options: Parameters<FastifyBaseLogger['child']>[1]
  #made: FastifyBaseLogger | undefined

  constructor(parent: FastifyBaseLogger, ...[bindings, options]: Parameters<FastifyBaseLogger['child']>) {
    this.#parent = parent
    this.#bindings = bindings
    this.#options = options
  }

  get level(): string {
    return this.#made?.level ?? this.#options?.level ?? this.#parent.level
  }

  set level(level: string) {
    this.#own().level = level
  }

  fatal(...line: Rest): void {
    this.#write('fatal', line)
  }

  error(...line: Rest): void {
    this.#write('error', line)
  }

  warn(...line: Rest): void {
    this.#write('warn', line)
  }

  info(...line: Rest): void {
    this.#write('info', line)
  }

  debug(...line: Rest): void {
    this.#write('debug', line)
  }

  trace(...line: Rest): void {
    this.#write('trace', line)
  }

  silent(): void {
    // Nothing is written at this level.
  }

  child(...how: Parameters<FastifyBaseLogger['child']>): FastifyBaseLogger {
    return new RequestLog(this.#own(), ...how)
  }

  #own(): FastifyBaseLogger {
    this.#made ??= this.#parent.child(this.#bindings, this.#options)
    return this.#made
  }

  #write(level: Level, line: Rest): void {
    if (weightOf(level) < weightOf(this.level)) return
    const own = this.#own()
    Reflect.apply(own[level], own, line)
  }
}
