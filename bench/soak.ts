/** What the heap grows by under a steady load, after garbage collection: MiB a minute. */
import { setTimeout as pause } from 'node:timers/promises'
import { openDesk } from './harness/desk.ts'
import { openHall } from './harness/hall.ts'
import type { LoadResult } from './harness/http-load.ts'
import { begin, peakMemoryOf, report, say, startProgram } from './harness/index.ts'

const CHATS = 2_000
const RATE = 200
const EVERY_MS = 10_000

await begin(async (settings) => {
  const { quick, atEnd } = settings
  const [fromMinute, minutes] = quick ? [1, 3] : [3, 10]
  const { product, door } = await openHall(settings, { staff: true })
  const load = startProgram('load')
  atEnd(() => load.end())
  const irina = await openDesk(product, 'irina')

  const samples: { minute: number; heap: number }[] = []
  const started = performance.now()
  let ended = false
  const flood = load
    .ask<LoadResult>('run', {
      port: product.port,
      path: door.path,
      secret: door.secret,
      textBytes: 640,
      connections: 8,
      chats: CHATS,
      first: 0,
      rate: RATE,
      warmup: 0,
      seconds: minutes * 60,
    })
    .finally(() => {
      ended = true
    })
  // An agent looks at the inbox meanwhile, as agents do.
  const looking = (async () => {
    while (!ended) {
      await irina.get('/api/v1/conversations?view=all&limit=40')
      await pause(1_000)
    }
  })()
  while (!ended) {
    await Promise.race([pause(EVERY_MS), flood])
    const minute = (performance.now() - started) / 60_000
    samples.push({ minute, heap: await product.ask<number>('heap') })
    say(`${minute.toFixed(1)} min: ${samples.at(-1)?.heap.toFixed(1)} MiB`)
  }
  const { accepted, errors } = await flood
  await looking
  if (errors > 0) throw new Error(`${errors} requests were not answered 200`)
  const counted = samples.filter((one) => one.minute >= fromMinute)
  report({
    name: 'soak',
    value: slopeOf(counted),
    unit: 'MiB/min',
    baseline: null,
    ratio: null,
    goal: 0.5,
    from: fromMinute,
    to: minutes,
    rate: RATE,
    accepted,
    samples: counted.length,
    first: counted[0]?.heap,
    last: counted.at(-1)?.heap,
    peakMemory: peakMemoryOf(product.pid),
  })
})

/** Least squares. */
function slopeOf(points: readonly { minute: number; heap: number }[]): number {
  const mean = (of: (one: { minute: number; heap: number }) => number) =>
    points.reduce((sum, one) => sum + of(one), 0) / points.length
  const [x, y] = [mean((one) => one.minute), mean((one) => one.heap)]
  const rise = mean((one) => (one.minute - x) * (one.heap - y))
  return rise / mean((one) => (one.minute - x) ** 2)
}
