import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Entry, EntryBody } from '../../../../contracts/entries.ts'
import { contracts } from '../../../../contracts/index.ts'
import { eventually } from '../../../../test/factories/eventually.ts'
import { aHall, type Begun, type Hall } from '../../../../test/factories/hall.ts'
import { appendEntry } from '../lanes/append-entry.ts'
import { readEntriesBySeq } from './read-entries.ts'

let hall: Hall
let begun: Begun
beforeAll(async () => {
  hall = await aHall()
  begun = await hall.begin('письмо придёт')
})
afterAll(() => hall.otklik.end())

const LETTER: EntryBody = {
  type: 'message',
  text: 'Добрый день',
  contact: { name: 'Анна', msisdn: '79001234567', proved: true },
  mail: {
    subject: 'Вопрос',
    from: 'Анна Петрова <anna.petrova@mail.example>',
    answerTo: ['soseda@mail.example'],
    to: [
      'help@operator.example',
      '"Пётр, сосед" <petr@xn--80a.example>',
      'petr@почта.example <petr@почта.example>',
    ],
  },
}

async function arrives(): Promise<number> {
  const { seq } = await appendEntry(hall.otklik.db, hall.clock, {
    laneId: begun.laneId,
    direction: 'in',
    author: { kind: 'subscriber', id: null },
    body: LETTER,
  })
  return seq
}

function expectMasked({ body }: Entry): void {
  expect(body).toMatchObject({
    text: 'Добрый день',
    contact: { name: 'Анна', msisdn: '+7 900 ***-**-67' },
    mail: {
      subject: 'Вопрос',
      from: 'Анна Петрова <a***@mail.example>',
      answerTo: ['s***@mail.example'],
      to: [
        'h***@operator.example',
        '"Пётр, сосед" <p***@xn--80a.example>',
        'p***@почта.example <p***@почта.example>',
      ],
    },
  })
}

describe('addresses of a mail', () => {
  test('are masked on the timeline, whoever reads it', async () => {
    const seq = await arrives()
    for (const reader of [hall.anna, hall.irina]) {
      const { entries } = await reader.call(contracts.conversations.readTimeline, { params: begun.params })
      expectMasked(entries.find((one) => one.seq === seq)!)
    }
  })

  test('are masked on a screen that is told of it from memory', async () => {
    const { feed } = hall.otklik.timeline
    const seq = await arrives()
    const told: Entry[] = []
    const leave = feed.follow({
      laneId: begun.laneId,
      from: 0,
      seq: seq,
      tell: (entries) => void told.push(...entries),
      resync: () => undefined,
    })
    const [entry] = await readEntriesBySeq(hall.otklik.db, begun.laneId, [seq])
    feed.news({ laneId: begun.laneId, seq: seq + 1, entry: { ...entry!, seq: seq + 1 } })
    await eventually(async () => told.length > 0)
    expectMasked(told[0]!)
    leave()
  })
})
