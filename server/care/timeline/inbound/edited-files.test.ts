import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../../../contracts/index.ts'
import { aStaffCaller, type Caller } from '../../../../test/factories/caller.ts'
import { eventually } from '../../../../test/factories/eventually.ts'
import { aMaxDoor, type MaxDoor } from '../../../../test/factories/max-door.ts'
import { anOtklik, type TestOtklik } from '../../../../test/factories/otklik.ts'
import { rows, sql } from '../../../platform/database/index.ts'

const { conversations } = contracts
const SECRET = 'a-webhook-secret-of-telegram'

let otklik: TestOtklik
let max: MaxDoor
let telegram: string
let anna: Caller

beforeAll(async () => {
  otklik = await anOtklik({ env: { COUNTRY: 'KZ' } })
  max = await aMaxDoor(otklik)
  telegram = await otklik.openDoor({
    kind: 'telegram',
    name: 'Telegram',
    policy: 'full',
    settings: { apiBase: 'http://127.0.0.1:1' },
    secrets: { token: '1:a', webhookSecret: SECRET },
  })
  anna = await aStaffCaller(otklik.url, otklik.logins.anna)
})
afterAll(() => otklik.end())

/** What the agent sees beside the person's message. */
async function filesOf(person: number) {
  const laneId = await max.laneOf(person)
  const id = await eventually(async () => {
    const [lane] = await rows(
      otklik.db,
      sql<{ id: string | null }>`select conversation_id as id from timeline.lane where id = ${laneId}`,
    )
    return lane?.id ?? undefined
  })
  const { entries } = await anna.call(conversations.readTimeline, { params: { id }, query: {} })
  return entries
    .filter((entry) => entry.kind === 'message')
    .flatMap(({ attachments }) => attachments.map(({ name, replaced = false }) => ({ name, replaced })))
}

const file = (filename: string, token: string) => ({
  type: 'file',
  filename,
  size: 3,
  payload: { url: 'http://127.0.0.1:1/x', token },
})

describe('an edit of a message in MAX', () => {
  test('that changes only its file shows the new one, and keeps the old as replaced', async () => {
    const { update, mid } = max.message(1, 'мой паспорт', undefined, [file('не тот.pdf', 'a')])
    await max.post(update)
    expect(await max.post(max.edit(1, mid, 'мой паспорт', [file('паспорт.pdf', 'b')]))).toBe(200)
    expect(await filesOf(1)).toEqual([
      { name: 'не тот.pdf', replaced: true },
      { name: 'паспорт.pdf', replaced: false },
    ])
  })

  test('that changes only its words leaves its files alone', async () => {
    const { update, mid } = max.message(2, 'вот', undefined, [file('счёт.pdf', 'c')])
    await max.post(update)
    await max.post(max.edit(2, mid, 'вот он', [file('счёт.pdf', 'c')]))
    expect(await filesOf(2)).toEqual([{ name: 'счёт.pdf', replaced: false }])
  })

  test('may take a file away or add one, and says so once however often it is told', async () => {
    const { update, mid } = max.message(3, 'два', undefined, [file('1.pdf', 'd'), file('2.pdf', 'e')])
    await max.post(update)
    const edit = max.edit(3, mid, 'два', [file('2.pdf', 'e'), file('3.pdf', 'f')])
    for (let time = 0; time < 3; time++) await max.post(edit)
    expect(await filesOf(3)).toEqual([
      { name: '1.pdf', replaced: true },
      { name: '2.pdf', replaced: false },
      { name: '3.pdf', replaced: false },
    ])
    await max.post(max.edit(3, mid, 'ничего', []))
    expect((await filesOf(3)).every(({ replaced }) => replaced)).toBe(true)
  })
})

describe('an edit of one part of an album in Telegram', () => {
  let updates = 0
  const photo = (unique: string) => [{ file_id: `id-${unique}`, file_unique_id: unique, width: 9, height: 9 }]
  const part = (messageId: number, unique: string, more: object = {}) => ({
    message_id: messageId,
    from: { id: 5, is_bot: false, first_name: 'Пётр' },
    chat: { id: 5, type: 'private' },
    date: Math.floor(Date.now() / 1000),
    media_group_id: '900',
    photo: photo(unique),
    ...more,
  })
  const tell = async (update: object) => {
    const answer = await fetch(`${otklik.url}/channels/${telegram}/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET },
      body: JSON.stringify({ update_id: ++updates, ...update }),
    })
    expect(answer.status).toBe(200)
  }

  const filesNamed = (...names: string[]) =>
    rows(
      otklik.db,
      sql<{
        file: string
        replaced: boolean
      }>`select channel_file as file, replaced_at is not null as replaced
        from timeline.attachment where channel_file = any(${names}) order by created_at, id`,
    )
  /** As they stand now: the newest edit's, or the first. */
  const wordsOf = async (album: string) => {
    const [row] = await rows(
      otklik.db,
      sql<{ text: string }>`select b.body ->> 'text' as text from timeline.entry_body a
        join timeline.entry e on e.lane_id = a.lane_id and (e.seq = a.seq or e.supersedes = a.seq)
        join timeline.entry_body b on b.lane_id = e.lane_id and b.seq = e.seq
        where a.external_id = ${album} order by e.seq desc limit 1`,
    )
    return row?.text
  }

  test('replaces that part’s picture alone', async () => {
    await tell({ message: part(1, 'one') })
    await tell({ message: part(2, 'two') })
    await tell({ edited_message: part(2, 'other', { edit_date: Math.floor(Date.now() / 1000) }) })
    expect(await filesNamed('one', 'two', 'other')).toEqual([
      { file: 'one', replaced: false },
      { file: 'two', replaced: true },
      { file: 'other', replaced: false },
    ])
  })

  test('leaves the words of the album alone', async () => {
    await tell({ message: part(11, 'eleven', { media_group_id: '901', caption: 'мой паспорт' }) })
    await tell({ message: part(12, 'twelve', { media_group_id: '901' }) })
    const edit_date = Math.floor(Date.now() / 1000)
    await tell({ edited_message: part(12, 'thirteen', { media_group_id: '901', edit_date }) })
    expect(await wordsOf('album:901')).toBe('мой паспорт')
    expect(await filesNamed('eleven', 'twelve', 'thirteen')).toEqual([
      { file: 'eleven', replaced: false },
      { file: 'twelve', replaced: true },
      { file: 'thirteen', replaced: false },
    ])
    await tell({
      edited_message: part(11, 'eleven', { media_group_id: '901', caption: 'вот паспорт', edit_date }),
    })
    expect(await wordsOf('album:901')).toBe('вот паспорт')
  })

  test('an album says what each of its parts says', async () => {
    await tell({ message: part(21, 'a21', { media_group_id: '902', caption: 'первая' }) })
    await tell({ message: part(22, 'a22', { media_group_id: '902' }) })
    await tell({ message: part(23, 'a23', { media_group_id: '902', caption: 'третья' }) })
    expect(await wordsOf('album:902')).toBe('первая\n\nтретья')
  })
})
