/** People who each say a word and wait for the answer, through webhooks of MAX, and the socket on which the answer is seen. Answers `run`. */
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { answerParent } from '../harness/answer.ts'
import { percentile } from '../harness/http-load.ts'
import { FIRST_CHAT } from '../harness/max-update.ts'

export interface Turns {
  readonly port: number
  readonly path: string
  readonly secret: string
  readonly rate: number
  readonly seconds: number
  readonly warmup: number
  readonly chats: number
  /** The number of the first message: no two rounds share one. */
  readonly first: number
  /** What is said; absent: the number of the message, which comes back as it is. */
  readonly text?: string
  readonly frames: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  /** Chats by the lane on which their answers are seen. */
  readonly lanes: Readonly<Record<string, number>>
}

export interface TurnsResult {
  readonly sent: number
  readonly answered: number
  readonly p50: number
  readonly p99: number
}

interface Frame {
  readonly type: string
  readonly entries?: readonly {
    readonly laneId?: string
    readonly author?: { readonly kind: string }
    readonly body?: { readonly type?: string; readonly text?: string }
  }[]
}

/** From the moment that a word leaves to the moment that its answer is on the socket: both clocks are this process's. */
async function run(turns: Turns): Promise<TurnsResult> {
  const socket = new WebSocket(`ws://127.0.0.1:${turns.port}/realtime`, { headers: turns.headers })
  const sentAt = new Map<number, number>()
  const latencies: number[] = []
  let counted = Number.POSITIVE_INFINITY
  socket.on('message', (data) => {
    const now = performance.now()
    const { entries = [] } = JSON.parse(String(data)) as Frame
    for (const { laneId, author, body } of entries) {
      const isAnswer = laneId === undefined || (author?.kind === 'assistant' && body?.type === 'message')
      const chat = laneId === undefined ? Number(body?.text) % turns.chats : turns.lanes[laneId]
      const sent = chat === undefined || !isAnswer ? undefined : sentAt.get(chat)
      if (chat === undefined || sent === undefined) continue
      sentAt.delete(chat)
      if (sent >= counted) latencies.push(now - sent)
    }
  })
  await once(socket, 'open')
  for (const frame of turns.frames) {
    socket.send(frame)
    // A screen does not watch dozens of conversations in one breath: the server takes 50 frames a second.
    await pause(30)
  }
  const from = performance.now()
  counted = from + turns.warmup * 1000
  let sent = 0
  for (; performance.now() - from < (turns.warmup + turns.seconds) * 1000; sent++) {
    await pause(Math.max(0, from + (sent * 1000) / turns.rate - performance.now()))
    const number = turns.first + sent
    const chat = number % turns.chats
    // Who still waits for an answer says nothing further.
    if (sentAt.has(chat)) continue
    sentAt.set(chat, performance.now())
    void say(turns, number, chat).catch(() => sentAt.delete(chat))
  }
  for (let tries = 0; tries < 40 && sentAt.size > 0; tries++) await pause(50)
  socket.terminate()
  latencies.sort((a, b) => a - b)
  return {
    sent,
    answered: latencies.length,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
  }
}

async function say({ port, path, secret, text }: Turns, number: number, chat: number): Promise<void> {
  const at = Date.now()
  const userId = FIRST_CHAT + chat
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-max-bot-api-secret': secret },
    body: JSON.stringify({
      update_type: 'message_created',
      timestamp: at,
      message: {
        sender: { user_id: userId, first_name: 'Анна', is_bot: false },
        recipient: { chat_id: userId, chat_type: 'dialog', user_id: 9_000_001 },
        timestamp: at,
        body: { mid: `mid.turn.${number}`, seq: 1, text: text ?? String(number), attachments: null },
      },
    }),
  })
  await answer.arrayBuffer()
  if (!answer.ok) throw new Error(`${answer.status}`)
}

answerParent({ run })
