import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contracts } from '../../../../contracts/index.ts'
import type { ClientFrame, ServerFrame } from '../../../../contracts/realtime.ts'
import { eventually } from '../../../../test/factories/eventually.ts'
import { aHall, type Begun, type Hall } from '../../../../test/factories/hall.ts'
import { one, rows, sql } from '../../../platform/database/index.ts'
import type { Staff } from '../../../platform/http/index.ts'
import { createStaffLive, type StaffLive } from './staff-live.ts'

const { conversations } = contracts
let hall: Hall
let live: StaffLive

beforeAll(async () => {
  hall = await aHall()
  live = createStaffLive(hall.otklik.timeline.context, hall.otklik.timeline.feed)
})
beforeEach(() => hall.clock.advance(60_000))
afterAll(() => hall.otklik.end())

interface Screen {
  readonly frames: ServerFrame[]
  readonly staffId: string
  say(frame: ClientFrame): void
  watch(begun: Begun, laneSeqs?: Record<string, number>): void
  /** What was said in the entries that it was told of, in order. */
  texts(): string[]
  /** Resolves once it was told of an entry with these words. */
  told(text: string): Promise<unknown>
  leave(): void
}

/** An open desk of somebody of the demo staff. */
function aScreen(who: 'anna' | 'timur' | 'irina'): Screen {
  const { id } = hall.otklik.logins[who]
  const staff: Staff = {
    kind: 'agent',
    id,
    name: who,
    roles: who === 'irina' ? ['agent', 'supervisor'] : ['agent'],
    sessionId: `session of ${who}`,
    locked: false,
    secondFactorDue: false,
    passwordDue: false,
  }
  const frames: ServerFrame[] = []
  let hear: (frame: ClientFrame) => void = () => undefined
  let leave: () => void = () => undefined
  live.accept(
    {
      send: (frame) => frames.push(frame),
      close: () => leave(),
      onFrame: (listener) => {
        hear = listener
      },
      onClose: (listener) => {
        leave = listener
      },
    },
    staff,
    '192.0.2.1',
  )
  const texts = () =>
    frames.flatMap((frame) =>
      frame.type === 'entries'
        ? frame.entries.flatMap(({ body }) => (body?.type === 'message' ? [body.text] : []))
        : [],
    )
  return {
    frames,
    staffId: id,
    say: (frame) => hear(frame),
    watch: ({ id }, laneSeqs = {}) => hear({ type: 'watch', conversationId: id, laneSeqs }),
    texts,
    told: (text) => eventually(async () => texts().includes(text)),
    leave: () => leave(),
  }
}

const viewersOf = (screen: Screen, { id }: Begun) =>
  screen.frames
    .flatMap((frame) => (frame.type === 'viewers' && frame.conversationId === id ? [frame] : []))
    .at(-1)
    ?.agents.map((agent) => agent.id)

const claim = (begun: Begun) => hall.anna.call(conversations.claimConversation, { params: begun.params })

describe('a desk that watches a conversation', () => {
  test('is told of nothing that stood on the lane before it was this person’s', async () => {
    const [door, other] = [await hall.begin('тайна прежнего'), await hall.begin('дверь прежнего')]
    await hall.link(door, other)
    hall.clock.advance(60_000)
    await hall.changeHands(door)
    await hall.say(door, 'я новый хозяин номера')
    const screen = aScreen('irina')
    screen.watch(door)
    await screen.told('я новый хозяин номера')
    await hall.say(door, 'и снова я')
    await screen.told('и снова я')
    expect(screen.texts()).toEqual(['я новый хозяин номера', 'и снова я'])
    screen.leave()
  })

  test('is told of nothing more once the lane is another’s, and to look again', async () => {
    const [door, other] = [await hall.begin('пока моё'), await hall.begin('всегда моё')]
    await hall.link(door, other)
    const screen = aScreen('irina')
    screen.watch(other)
    await screen.told('пока моё')
    hall.clock.advance(60_000)
    await hall.changeHands(door)
    await eventually(async () => screen.frames.some((frame) => frame.type === 'resync'))
    const colleague = aScreen('irina')
    colleague.watch(door)
    await hall.say(door, 'уже не его')
    await colleague.told('уже не его')
    await hall.say(other, 'а это его')
    await screen.told('а это его')
    expect(screen.texts()).not.toContain('уже не его')
    for (const one of [screen, colleague]) one.leave()
  })

  test('is told so at the next beat when the notice of it was lost', async () => {
    const [door, other] = [await hall.begin('дверь первая'), await hall.begin('дверь вторая')]
    await hall.link(door, other)
    const screen = aScreen('irina')
    screen.watch(other)
    await screen.told('дверь первая')
    hall.clock.advance(60_000)
    await one(
      hall.otklik.db,
      sql`update subscribers.contact_link set valid_to = ${hall.clock.now()} where contact_point_id = ${door.laneId} returning 1`,
    )
    await live.beat()
    await eventually(async () => screen.frames.some((frame) => frame.type === 'resync'))
    await hall.say(door, 'другой человек')
    await hall.say(other, 'тот же человек')
    await screen.told('тот же человек')
    expect(screen.texts()).not.toContain('другой человек')
    screen.leave()
  })

  test('is let go within a beat once its agent may not know it any more', async () => {
    const begun = await hall.begin('кому достанется')
    const [timur, irina] = [aScreen('timur'), aScreen('irina')]
    for (const screen of [timur, irina]) screen.watch(begun)
    await timur.told('кому достанется')
    await claim(begun)
    await live.beat()
    await eventually(async () => timur.frames.some((frame) => frame.type === 'resync'))
    await hall.say(begun, 'уже только Анне')
    await irina.told('уже только Анне')
    expect(timur.texts()).not.toContain('уже только Анне')
    expect(viewersOf(irina, begun)).toEqual([irina.staffId])
    for (const screen of [timur, irina]) screen.leave()
  })

  test('is told once of what it has read before the notice of another node came', async () => {
    const begun = await hall.begin('сказано однажды')
    const screen = aScreen('irina')
    screen.watch(begun)
    await screen.told('сказано однажды')
    const { feed } = hall.otklik.timeline
    feed.news({ laneId: begun.laneId, seq: 1 })
    await hall.say(begun, 'и ещё раз')
    await screen.told('и ещё раз')
    expect(screen.texts()).toEqual(['сказано однажды', 'и ещё раз'])
    feed.news({ laneId: begun.laneId, seq: 1, changed: true })
    await eventually(async () => screen.texts().length === 3)
    screen.leave()
  })

  test('is in the audit, from where it connects, once in ten minutes', async () => {
    const begun = await hall.begin('кто смотрел')
    const screen = aScreen('timur')
    screen.watch(begun)
    await screen.told('кто смотрел')
    screen.watch(begun, { [begun.laneId]: 1 })
    screen.watch(begun)
    await eventually(async () => screen.texts().filter((text) => text === 'кто смотрел').length > 1)
    const looks = await rows(
      hall.otklik.db,
      sql`select act, contact_point_id as "contactPointId", address from audit.access
        where conversation_id = ${begun.id} and actor_id = ${screen.staffId}`,
    )
    expect(looks).toEqual([{ act: 'open', contactPointId: begun.laneId, address: '192.0.2.1' }])
    screen.leave()
  })

  test('keeps being told while its agent may know it', async () => {
    const begun = await hall.begin('останется у Анны')
    const screen = aScreen('anna')
    screen.watch(begun)
    await screen.told('останется у Анны')
    await claim(begun)
    await live.beat()
    await hall.say(begun, 'да, у Анны')
    await screen.told('да, у Анны')
    expect(screen.frames.some((frame) => frame.type === 'resync')).toBe(false)
    screen.leave()
  })

  test('that is refused it anew loses what it had', async () => {
    const begun = await hall.begin('ещё раз')
    const [timur, irina] = [aScreen('timur'), aScreen('irina')]
    for (const screen of [timur, irina]) screen.watch(begun)
    await timur.told('ещё раз')
    await claim(begun)
    timur.watch(begun, { [begun.laneId]: 1 })
    await eventually(async () => timur.frames.some((frame) => frame.type === 'resync'))
    await hall.say(begun, 'без Тимура')
    await irina.told('без Тимура')
    expect(timur.texts()).not.toContain('без Тимура')
    for (const screen of [timur, irina]) screen.leave()
  })
})

describe('a desk that has left before it was let in', () => {
  const readByAgents = async ({ laneId }: Begun) =>
    (
      await one(
        hall.otklik.db,
        sql<{ seq: number }>`select read_in_seq as seq from timeline.lane where id = ${laneId}`,
      )
    ).seq

  test.each([
    ['unwatches', (screen: Screen, { id }: Begun) => screen.say({ type: 'unwatch', conversationId: id })],
    ['closes', (screen: Screen) => screen.leave()],
  ])('is no viewer and has read nothing, when it %s', async (_, go) => {
    const begun = await hall.begin(`мимо ${_}`)
    const gone = aScreen('anna')
    gone.watch(begun)
    go(gone, begun)
    const decoy = await hall.begin(`приманка ${_}`)
    const screen = aScreen('anna')
    screen.watch(decoy)
    await screen.told(`приманка ${_}`)
    // Whoever came after it has been let in long since.
    expect(await readByAgents(begun)).toBe(0)
    screen.watch(begun)
    await screen.told(`мимо ${_}`)
    await eventually(async () => viewersOf(screen, begun) !== undefined)
    expect(viewersOf(screen, begun)).toEqual([screen.staffId])
    expect(gone.texts()).toEqual([])
    screen.leave()
  })

  test('follows nothing: the last to leave leaves nobody behind', async () => {
    const begun = await hall.begin('никого')
    const screen = aScreen('anna')
    screen.watch(begun)
    screen.leave()
    const decoy = await hall.begin('ещё никого')
    const other = aScreen('anna')
    other.watch(decoy)
    await other.told('ещё никого')
    expect(hall.otklik.timeline.feed.lanes.has(begun.laneId)).toBe(false)
    other.leave()
    expect(hall.otklik.timeline.feed.lanes.size).toBe(0)
  })

  test('takes nothing from who came since, however often it leaves', async () => {
    const begun = await hall.begin('дважды ушёл')
    const { feed } = hall.otklik.timeline
    const follower = { laneId: begun.laneId, from: 0, tell: () => undefined, resync: () => undefined }
    const leave = feed.follow({ ...follower, seq: 0 })
    leave()
    const stay = feed.follow({ ...follower, seq: 0 })
    leave()
    expect(feed.lanes.has(begun.laneId)).toBe(true)
    stay()
    expect(feed.lanes.has(begun.laneId)).toBe(false)
  })

  test('counts as one however often it asks before the first answer', async () => {
    const begun = await hall.begin('нетерпеливо')
    const screen = aScreen('anna')
    for (let n = 0; n < 5; n++) screen.watch(begun)
    await screen.told('нетерпеливо')
    await hall.say(begun, 'одно и то же')
    await screen.told('одно и то же')
    expect(screen.texts().filter((text) => text === 'одно и то же')).toHaveLength(1)
    screen.leave()
    expect(hall.otklik.timeline.feed.lanes.has(begun.laneId)).toBe(false)
  })
})
