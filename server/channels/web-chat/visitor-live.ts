import type { ClientFrame } from '../../../contracts/realtime.ts'
import type { TimelineNotice } from '../../care/timeline/index.ts'
import { databaseProblem } from '../../platform/database/index.ts'
import type { Connection } from '../../platform/realtime/index.ts'
import type { WebChatContext } from './context.ts'
import { readForVisitor } from './present-chat.ts'
import { findVisitor } from './visitors.ts'

const TYPING_MS = 2_000
/** A page that is read at a time while catching up. */
const PAGE = 100
/** How often a quiet chat looks for itself, in case a notice was lost. */
const LOOK_MS = 20_000

/** A visitor's open chat. */
export interface VisitorLive {
  stop(): void
}

/**
 * Takes a visitor's connection after its `hello`: tells everything after the given seq, then whatever comes.
 * Closes the connection when the token is nobody's or belongs to another site.
 */
export async function acceptVisitor(
  context: WebChatContext,
  connection: Connection,
  hello: Extract<ClientFrame, { type: 'hello' }>,
  origin: string | undefined,
): Promise<VisitorLive | undefined> {
  const visitor = await findVisitor(context.db, hello.token)
  if (!visitor || (origin !== undefined && origin !== visitor.origin)) {
    connection.send({ type: 'ended', reason: 'session' })
    connection.close()
    return undefined
  }
  return follow(context, connection, visitor.contactPointId, hello.after)
}

function follow(context: WebChatContext, connection: Connection, laneId: string, after: number): VisitorLive {
  const { bus, log, clock } = context.timeline.context
  let seq = after
  let reading: Promise<void> | undefined
  let again = false
  let typedAt = 0

  const read = async () => {
    for (let more = true; more; ) {
      const page = await readForVisitor(context.db, laneId, seq, PAGE)
      if (page.lastSeq > seq)
        connection.send({ type: 'chat', messages: page.messages, lastSeq: page.lastSeq })
      seq = page.lastSeq
      more = page.more
    }
  }
  const look = () => {
    again = true
    if (reading) return
    reading = (async () => {
      while (again) {
        again = false
        await read()
      }
    })()
      .catch((error: unknown) => {
        if (!databaseProblem(error)) log.error({ err: error }, 'visitor live')
      })
      .finally(() => {
        reading = undefined
      })
  }
  const onNotice = (notice: TimelineNotice) => {
    if (notice.type === 'entries' && notice.lanes.some((one) => one.laneId === laneId && one.seq !== seq))
      look()
    if (notice.type === 'agent-typing' && notice.laneId === laneId)
      connection.send({ type: 'chat-typing', name: null })
    if (notice.type === 'read-by-agent' && notice.laneId === laneId)
      connection.send({ type: 'chat-read', seq: notice.seq })
  }
  const unsubscribe = bus.subscribe(onNotice)
  const timer = setInterval(look, LOOK_MS)
  const stop = () => {
    clearInterval(timer)
    unsubscribe()
  }
  connection.onClose(stop)
  connection.onFrame((frame) => {
    if (frame.type === 'ping') connection.send({ type: 'pong' })
    const now = clock.now().getTime()
    if (frame.type !== 'typing' || now - typedAt < TYPING_MS) return
    typedAt = now
    bus.publish({ type: 'person-typing', laneId })
  })
  connection.send({ type: 'ready', serverTime: clock.now().toISOString() })
  look()
  return { stop }
}
