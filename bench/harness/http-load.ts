import net from 'node:net'

export interface Load {
  readonly port: number
  readonly connections: number
  /** Seconds that count, after `warmup` seconds that do not. */
  readonly seconds: number
  readonly warmup: number
  /** Requests a second in all; absent: each connection sends its next as soon as it has its answer. */
  readonly rate?: number
  /** Stops after so many requests, whatever the time. */
  readonly most?: number
}

export interface LoadResult {
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Requests answered 200 in all, warm-up included. */
  readonly accepted: number
  readonly errors: number
}

/** The value below which this part of the sorted values lies. */
export function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
}

/**
 * A cheap HTTP/1.1 load generator on raw sockets: kept alive, one request at a time on each connection.
 * @param next the bytes of the next request
 */
export async function runLoad(load: Load, next: () => Buffer): Promise<LoadResult> {
  const from = performance.now() + load.warmup * 1000
  const until = from + load.seconds * 1000
  const tally = { counted: 0, accepted: 0, errors: 0, issued: 0, latencies: [] as number[] }
  const answered = (sentAt: number, status: string) => {
    const now = performance.now()
    if (status === '200') tally.accepted++
    else tally.errors++
    if (now < from || now >= until) return
    tally.counted++
    tally.latencies.push(now - sentAt)
  }
  const connection = (place: number) =>
    new Promise<void>((resolve, reject) => {
      const socket = net.connect(load.port, '127.0.0.1').setNoDelay(true)
      const stepMs = load.rate ? (load.connections * 1000) / load.rate : 0
      let due = performance.now() + (load.rate ? (place * 1000) / load.rate : 0)
      let sentAt = 0
      const send = () => {
        if (performance.now() >= until || tally.issued >= (load.most ?? Infinity)) return socket.end()
        tally.issued++
        sentAt = performance.now()
        socket.write(next())
      }
      const schedule = () => {
        if (!stepMs) return send()
        const wait = due - performance.now()
        due = Math.max(due + stepMs, performance.now() - 1000)
        if (wait > 1) setTimeout(send, wait)
        else send()
      }
      socket
        .on('connect', schedule)
        .on('error', reject)
        .on('close', () => resolve())
      readAnswers(socket, (status) => {
        answered(sentAt, status)
        schedule()
      })
    })
  await Promise.all(Array.from({ length: load.connections }, (_, place) => connection(place)))
  tally.latencies.sort((a, b) => a - b)
  return {
    perSecond: tally.counted / load.seconds,
    p50: percentile(tally.latencies, 0.5),
    p99: percentile(tally.latencies, 0.99),
    accepted: tally.accepted,
    errors: tally.errors,
  }
}

/** Finds where each answer ends; gives its status. */
export function readAnswers(socket: net.Socket, onAnswer: (status: string) => void): void {
  let buffered = ''
  socket.on('data', (chunk: Buffer) => {
    buffered += chunk.toString('latin1')
    for (;;) {
      const head = buffered.indexOf('\r\n\r\n')
      if (head < 0) return
      const length = /content-length: (\d+)/i.exec(buffered.slice(0, head))?.[1]
      const end = head + 4 + Number(length ?? 0)
      if (buffered.length < end) return
      const status = buffered.slice(9, 12)
      buffered = buffered.slice(end)
      onAnswer(status)
    }
  })
}
