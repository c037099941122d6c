import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import type { TimelineNotice } from '../../care/timeline/index.ts'
import { createBus } from '../../platform/bus/index.ts'
import { chatHandlers, type WebChatContext } from './index.ts'

const laneId = '01a21c44-5112-76c2-94f1-14126ae68dfb'
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await database.pool.query(
    `insert into timeline.lane (id, kind, channel, last_seq) values ($1, 'contact-point', 'web-chat', 0)`,
    [laneId],
  )
})
afterAll(() => database.drop())

test('what is said while the lane is looked at is not waited for', async () => {
  const bus = createBus<TimelineNotice>(() => undefined)
  // Somebody speaks as soon as the lane was read: the reader has not seen it, and nobody will speak again.
  const db = database.db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      bus.publish({ type: 'entries', lanes: [{ laneId, seq: 1 }] })
      return result
    },
  })
  const { readChat } = chatHandlers({ db, timeline: { context: { bus } } } as unknown as WebChatContext)
  const began = performance.now()
  const socket = { once: () => undefined, off: () => undefined }
  await readChat({
    query: { after: 0, limit: 10, waitMs: 20_000 },
    actor: { kind: 'visitor', id: laneId, contactPointId: laneId, channelAccountId: laneId },
    request: { raw: { socket } },
  } as never)
  expect(performance.now() - began).toBeLessThan(10_000)
})
