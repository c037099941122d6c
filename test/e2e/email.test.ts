import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { aStaffCaller, type Caller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import {
  aMail,
  aMailbox,
  type Dovecot,
  MAILBOX_SECRETS,
  type SmtpSink,
  startDovecot,
  startSmtpSink,
} from '../mail/index.ts'

const { conversations, subscribers } = contracts
const ADDRESS = 'support@volna.example'
let dovecot: Dovecot
let sink: SmtpSink
let otklik: TestOtklik
let anna: Caller

beforeAll(async () => {
  ;[dovecot, sink, otklik] = await Promise.all([startDovecot(), startSmtpSink(), anOtklik()])
  await otklik.openDoor({
    kind: 'email',
    name: 'Почта',
    policy: 'full',
    settings: aMailbox(dovecot, sink, { user: ADDRESS }),
    secrets: MAILBOX_SECRETS,
  })
  await otklik.timeline.reconcileDoors()
  anna = await aStaffCaller(otklik.url, otklik.logins.anna)
})
afterAll(async () => {
  await otklik?.end()
  await Promise.all([dovecot?.end(), sink?.close()])
})

const inbox = (text: string) =>
  eventually(async () => {
    const { items } = await anna.call(conversations.listConversations, { query: { view: 'all', limit: 100 } })
    return items.find((one) => one.preview?.includes(text))
  })
const messagesOf = async (id: string) => {
  const { entries } = await anna.call(conversations.readTimeline, { params: { id } })
  return entries.filter((one) => one.kind === 'message')
}
const sendAnswer = async (id: string, text: string) => {
  const params = { id }
  const { replyLaneId: laneId } = await anna.call(conversations.getConversation, { params })
  await anna.call(conversations.sendMessage, { params, body: { id: uuid(), laneId, text, undoMs: 0 } })
  return laneId
}

describe('a mail', () => {
  test('becomes a conversation; the answer leaves in its thread, and the reply comes back to it', async () => {
    const { raw, id } = aMail('Не приходят SMS')
    await dovecot.deliver(ADDRESS, raw)
    const { id: conversation } = await inbox('Не приходят SMS')
    await anna.call(conversations.claimConversation, { params: { id: conversation } })
    const laneId = await sendAnswer(conversation, 'Перезагрузите, пожалуйста, телефон')
    const [answer] = await eventually(async () => sink.taken.length === 1 && sink.taken)
    expect(answer?.to).toEqual(['ivan@mail.example'])
    expect(answer?.parsed).toMatchObject({ subject: 'Re: Вопрос', inReplyTo: [id], references: [id] })
    const { messageId, replyTo } = answer!.parsed
    const reply = aMail('Помогло, спасибо!\n\n> Перезагрузите, пожалуйста, телефон', {
      To: replyTo[0]!.address,
      Subject: 'Re: Вопрос',
      'In-Reply-To': messageId,
      References: `${id} ${messageId}`,
    })
    await dovecot.deliver(replyTo[0]!.address, reply.raw)
    const entries = await eventually(async () => {
      const found = await messagesOf(conversation)
      return found.length === 3 && found
    })
    expect(entries.map(({ laneId: lane, direction }) => ({ lane, direction }))).toEqual([
      { lane: laneId, direction: 'in' },
      { lane: laneId, direction: 'out' },
      { lane: laneId, direction: 'in' },
    ])
    expect(entries[2]?.body).toMatchObject({
      text: 'Помогло, спасибо!',
      replyTo: { seq: entries[1]?.seq, excerpt: 'Перезагрузите, пожалуйста, телефон' },
    })
    await sendAnswer(conversation, 'Рады помочь')
    const [, second] = await eventually(async () => sink.taken.length === 2 && sink.taken)
    expect(second?.parsed).toMatchObject({ inReplyTo: [reply.id], references: [id, messageId, reply.id] })
  })

  test('goes to the matter that it answers, not to the one that was talked about last', async () => {
    const From = 'two@mail.example'
    await dovecot.deliver(ADDRESS, aMail('Первое дело', { From }).raw)
    const { id: first } = await inbox('Первое дело')
    await anna.call(conversations.claimConversation, { params: { id: first } })
    const before = sink.taken.length
    const laneId = await sendAnswer(first, 'Ответ по первому делу')
    await eventually(async () => sink.taken.length > before)
    const { messageId } = sink.taken.at(-1)!.parsed
    await dovecot.deliver(ADDRESS, aMail('Совсем другое', { From }).raw)
    const other = await eventually(async () =>
      (await messagesOf(first)).find(
        (one) => one.body?.type === 'message' && one.body.text === 'Совсем другое',
      ),
    )
    const { id: second } = await anna.call(conversations.splitConversation, {
      params: { id: first },
      body: { laneId: laneId ?? '', fromSeq: other.seq },
    })
    // Both arrive at once: each finds its own matter.
    await dovecot.deliver(ADDRESS, aMail('Снова о первом', { From, 'In-Reply-To': messageId }).raw)
    const entryOf = async (text: string) =>
      (await messagesOf(second)).find((one) => one.body?.type === 'message' && one.body.text === text)
    await eventually(async () => (await entryOf('Снова о первом'))?.conversationId === first)
    expect((await entryOf('Совсем другое'))?.conversationId).toBe(second)
  })

  test('that goes on with the matter whose answer is awaited changes nothing in the matter itself', async () => {
    const From = 'again@mail.example'
    await dovecot.deliver(ADDRESS, aMail('Начало', { From }).raw)
    const { id } = await inbox('Начало')
    await anna.call(conversations.claimConversation, { params: { id } })
    const before = sink.taken.length
    await sendAnswer(id, 'Ответ')
    await eventually(async () => sink.taken.length > before)
    const reply = { From, 'In-Reply-To': sink.taken.at(-1)!.parsed.messageId }
    const versionAfter = async (text: string, count: number) => {
      await dovecot.deliver(ADDRESS, aMail(text, reply).raw)
      await eventually(async () => (await messagesOf(id)).length === count)
      await otklik.drain()
      return (await anna.call(conversations.getConversation, { params: { id } })).version
    }
    const waits = await versionAfter('Не помогло', 3)
    expect(await versionAfter('Всё ещё не помогает', 4)).toBe(waits)
  })

  test('whose sender our mail server vouches for (DMARC) raises the trust in its address', async () => {
    const mail = aMail('Проверенный отправитель', {
      'Authentication-Results': 'mx.volna.example; spf=pass; dkim=pass; dmarc=pass header.from=sure.example',
      From: 'olga@sure.example',
    })
    await dovecot.deliver(ADDRESS, mail.raw)
    const { id } = await inbox('Проверенный отправитель')
    await anna.call(conversations.claimConversation, { params: { id } })
    const { replyLaneId } = await anna.call(conversations.getConversation, { params: { id } })
    const { contactPoints } = await eventually(async () => {
      const card = await anna.call(subscribers.getCardOfContactPoint, { params: { id: replyLaneId ?? '' } })
      return card.contactPoints[0]?.trust === 2 && card
    })
    expect(contactPoints[0]?.proofs).toMatchObject([{ kind: 'dmarc', level: 2 }])
  })

  test('from another address in a known thread is somebody new: nothing of the thread goes there', async () => {
    await dovecot.deliver(ADDRESS, aMail('Вопрос владельца', { From: 'owner@mail.example' }).raw)
    const { id: conversation } = await inbox('Вопрос владельца')
    await anna.call(conversations.claimConversation, { params: { id: conversation } })
    const before = sink.taken.length
    const laneId = await sendAnswer(conversation, 'Ответ владельцу')
    await eventually(async () => sink.taken.length > before)
    const { messageId } = sink.taken.at(-1)!.parsed
    const intruder = aMail('Пришлите и мне', { From: 'other@evil.example', 'In-Reply-To': messageId })
    await dovecot.deliver(ADDRESS, intruder.raw)
    const theirs = await inbox('Пришлите и мне')
    expect(theirs.id).not.toBe(conversation)
    // The agent is told which matter the stranger seems to know of; nothing of it is linked.
    const { number } = await anna.call(conversations.getConversation, { params: { id: conversation } })
    const { entries } = await anna.call(conversations.readTimeline, { params: { id: theirs.id } })
    expect(entries.find(({ kind }) => kind === 'mark')?.body).toEqual({
      type: 'mark',
      mark: 'answers-other',
      facts: { fromNumber: number },
    })
    expect(await messagesOf(conversation)).toHaveLength(2)
    const { replyLaneId } = await anna.call(conversations.getConversation, { params: { id: theirs.id } })
    expect(replyLaneId).not.toBe(laneId)
  })

  test('that could not be delivered shows as failed in its conversation', async () => {
    await dovecot.deliver(ADDRESS, aMail('Ответьте мне', { From: 'gone@mail.example' }).raw)
    const { id: conversation } = await inbox('Ответьте мне')
    await anna.call(conversations.claimConversation, { params: { id: conversation } })
    const before = sink.taken.length
    await sendAnswer(conversation, 'Отвечаем')
    await eventually(async () => sink.taken.length > before)
    const bounce = aMail(
      [
        '--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n',
        'Final-Recipient: rfc822; gone@mail.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 gone\n',
        `--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: ${sink.taken.at(-1)!.parsed.messageId}\n`,
        '--b--',
      ].join('\n'),
      {
        From: 'MAILER-DAEMON@mx.example',
        'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
      },
    )
    await dovecot.deliver(ADDRESS, bounce.raw, '')
    const failed = await eventually(async () =>
      (await messagesOf(conversation)).find((one) => one.delivery?.state === 'failed'),
    )
    expect(failed.delivery).toMatchObject({ reason: '5.1.1 550 gone', retryable: true })
  })

  test('keeps its images and files, each under the name that its HTML calls it by', async () => {
    const png =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
    const raw = aMail(
      [
        '--b\nContent-Type: text/html; charset=utf-8\n\n<p>Фото поломки</p><script>alert(1)</script><img src="cid:p@x">',
        `--b\nContent-Type: image/png\nContent-ID: <p@x>\nContent-Transfer-Encoding: base64\n\n${png}`,
        '--b--',
      ].join('\n'),
      { From: 'photo@mail.example', 'Content-Type': 'multipart/related; boundary=b' },
    ).raw
    await dovecot.deliver(ADDRESS, raw)
    const { id } = await inbox('Фото поломки')
    const [entry] = await messagesOf(id)
    expect(entry?.attachments).toMatchObject([{ kind: 'image', contentId: 'p@x', state: 'ready' }])
    expect(entry?.body).toMatchObject({ mail: { html: expect.stringContaining('src="cid:p%40x"') } })
    expect(JSON.stringify(entry?.body)).not.toContain('alert')
  })
})
