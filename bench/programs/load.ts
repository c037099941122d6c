/** The load: webhooks of MAX from a process of their own, and an agent's socket beside them. Answers `run` and `echo`. */
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { answerParent } from '../harness/answer.ts'
import { type Load, type LoadResult, percentile, runLoad } from '../harness/http-load.ts'
import { createUpdates, type Target } from '../harness/max-update.ts'

export interface Flood extends Load, Target {
  /** The number of the first message: no two rounds share one. */
  readonly first: number
  readonly chats: number
}

export interface Echo extends Flood {
  /** What an agent's screen sends when it opens: frames of `/realtime`. */
  readonly frames: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  /** Chats whose messages arrive on the socket; every `every`-th message goes to one of them. */
  readonly watched: readonly number[]
  readonly every: number
}

export interface EchoResult extends LoadResult {
  readonly echoed: number
  /** Samples that never arrived. */
  readonly missing: number
}

// Chats take turns in an order without neighbours, so that batches hold many lanes.
const chatOf = (number: number, { most, chats }: Flood) => (most ? number % chats : (number * 7919) % chats)

function run(flood: Flood): Promise<LoadResult> {
  const update = createUpdates(flood)
  let number = flood.first
  return runLoad(flood, () => update(number, chatOf(number++, flood)))
}

/** From the moment that a webhook leaves to the moment that its entry is on the socket: both clocks are this process's. */
async function echo({ frames, headers, watched, every, ...flood }: Echo): Promise<EchoResult> {
  const socket = new WebSocket(`ws://127.0.0.1:${flood.port}/realtime`, { headers })
  const sentAt = new Map<number, number>()
  const latencies: number[] = []
  const counted = { from: performance.now() + flood.warmup * 1000 }
  socket.on('message', (data) => {
    const now = performance.now()
    for (const [, digits] of String(data).matchAll(/"text":"(\d{12}) /g)) {
      const number = Number(digits)
      const sent = sentAt.get(number)
      if (sent === undefined) continue
      sentAt.delete(number)
      if (sent >= counted.from) latencies.push(now - sent)
    }
  })
  await once(socket, 'open')
  for (const frame of frames) {
    socket.send(frame)
    // A screen does not watch dozens of conversations in one breath: the server takes 50 frames a second.
    await pause(30)
  }
  counted.from = performance.now() + flood.warmup * 1000
  const update = createUpdates(flood)
  let number = flood.first
  const result = await runLoad(flood, () => {
    const one = number++
    if (one % every !== 0)
      return update(one, watched.length + (chatOf(one, flood) % (flood.chats - watched.length)))
    sentAt.set(one, performance.now())
    return update(one, watched[(one / every) % watched.length] ?? 0)
  })
  for (let tries = 0; tries < 40 && sentAt.size > 0; tries++) await pause(50)
  socket.terminate()
  latencies.sort((a, b) => a - b)
  return {
    ...result,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    echoed: latencies.length,
    missing: sentAt.size,
  }
}

answerParent({ run, echo })
