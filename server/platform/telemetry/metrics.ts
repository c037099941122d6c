import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type { Counter, Gauge, Histogram }

/** The metrics of one process. Asking twice for the same name gives the same metric. */
export interface Metrics {
  counter<L extends string>(name: string, help: string, labels?: readonly L[]): Counter<L>
  /**
   * `collect` is asked at each scrape. When it throws or takes longer than a second, the gauge is NaN (one with labels is left out)
   * and the others are read: a database that is away must not blind the watch.
   */
  gauge<L extends string>(
    name: string,
    help: string,
    labels?: readonly L[],
    collect?: (gauge: Gauge<L>) => void | Promise<void>,
  ): Gauge<L>
  /** @param buckets upper bounds, in the unit that the name ends with (`_seconds`, `_bytes`) */
  histogram<L extends string>(
    name: string,
    help: string,
    labels?: readonly L[],
    buckets?: readonly number[],
  ): Histogram<L>
  /** Everything in Prometheus' text format, and its content type. */
  read(): Promise<{ text: string; contentType: string }>
}

const PREFIX = 'otklik_'
/** From one millisecond to ten seconds. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

const COLLECT_MS = 1_000

async function within(ms: number, work: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('took too long')), ms)
  })
  await Promise.race([work(), late]).finally(() => clearTimeout(timer))
}

/** A registry of its own; with the process's memory, CPU, garbage collection and event-loop lag unless `process` is false. */
export function createMetrics({ process = true } = {}): Metrics {
  const registry = new Registry()
  const made = new Map<string, unknown>()
  if (process) collectDefaultMetrics({ register: registry, prefix: PREFIX, eventLoopMonitoringPrecision: 20 })

  // One name has one type: whoever asks for another gets prom-client's own complaint.
  const once = <M>(name: string, make: () => M, is: (metric: unknown) => metric is M): M => {
    const known = made.get(name)
    if (is(known)) return known
    const metric = make()
    made.set(name, metric)
    return metric
  }
  const common = <L extends string>(name: string, help: string, labels: readonly L[] = []) => ({
    name: PREFIX + name,
    help,
    labelNames: [...labels],
    registers: [registry],
  })
  return {
    counter: <L extends string>(name: string, help: string, labels?: readonly L[]) =>
      once(
        name,
        () => new Counter<L>(common(name, help, labels)),
        (metric) => metric instanceof Counter,
      ),
    gauge: (name, help, labels, collect) =>
      once(
        name,
        () =>
          new Gauge({
            ...common(name, help, labels),
            ...(collect && {
              async collect() {
                await within(COLLECT_MS, async () => collect(this)).catch(() => {
                  if (labels?.length) this.reset()
                  else this.set(Number.NaN)
                })
              },
            }),
          }),
        (metric) => metric instanceof Gauge,
      ),
    histogram: (name, help, labels, buckets = SECONDS) =>
      once(
        name,
        () => new Histogram({ ...common(name, help, labels), buckets: [...buckets] }),
        (metric) => metric instanceof Histogram,
      ),
    read: async () => ({ text: await registry.metrics(), contentType: registry.contentType }),
  }
}
