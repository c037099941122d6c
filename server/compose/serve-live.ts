import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { BookWatch } from '../care/market/index.ts'
import type { authenticateSubscriber, MyLive } from '../care/my/index.ts'
import type { StaffRoom } from '../care/staff/index.ts'
import type { Timeline } from '../care/timeline/index.ts'
import { acceptVisitor, originAllowedForChat, type WebChatContext } from '../channels/web-chat/index.ts'
import type { Staff } from '../platform/http/index.ts'
import { type Connection, serveRealtime } from '../platform/realtime/index.ts'
import { comesFromMy } from './who-calls.ts'

/** Who hears what over a live connection. */
interface Hearers {
  readonly staff: StaffRoom
  readonly timeline: Timeline
  readonly myLive: MyLive
  readonly webChat: WebChatContext
  /** Undefined where there is no Market. */
  readonly watchBook: BookWatch['watch'] | undefined
}
type Mine = ReturnType<typeof authenticateSubscriber>

/** Adds `/realtime`: the app's subscribers, the staff and the visitors of the web chat come by one door. */
export async function serveLive(app: FastifyInstance, hearers: Hearers, mine: Mine): Promise<void> {
  const { staff, timeline, webChat } = hearers
  await serveRealtime(app, {
    originAllowed: async ({ headers }) =>
      headers.origin === undefined || originAllowedForChat(webChat, headers.origin),
    accept: async (connection, request) => {
      if (comesFromMy(request)) return acceptSubscriber(hearers, mine, connection, request)
      const member = await staff.staffOfUpgrade(request)
      if (member && !member.locked)
        return timeline.acceptStaff(withBook(hearers, connection, member), member, request.ip)
      return awaitVisitor(webChat, connection, request.headers.origin)
    },
  })
}

async function acceptSubscriber(
  { myLive }: Hearers,
  mine: Mine,
  connection: Connection,
  request: FastifyRequest,
) {
  const subscriber = await mine.subscriberOfUpgrade(request)
  if (subscriber) return myLive.accept(connection, subscriber)
  connection.send({ type: 'ended', reason: 'session' })
  return connection.close()
}

/** Who looks after the Market sees its book move; its frames are no matter of the timeline's. */
function withBook({ watchBook }: Hearers, connection: Connection, { roles }: Staff): Connection {
  if (!watchBook || !roles.some((role) => role === 'supervisor' || role === 'admin')) return connection
  return {
    ...connection,
    onFrame: (hear) =>
      connection.onFrame((frame) =>
        frame.type === 'market-watch' ? watchBook(connection, frame.book) : hear(frame),
      ),
  }
}

/** Nobody is known yet: a visitor says who it is, once; what else it says before is nothing. */
function awaitVisitor(webChat: WebChatContext, connection: Connection, origin: string | undefined): void {
  let hasSaid = false
  connection.onFrame((frame) => {
    if (frame.type !== 'hello' || hasSaid) return
    hasSaid = true
    acceptVisitor(webChat, connection, frame, origin).catch(() => connection.close())
  })
}
