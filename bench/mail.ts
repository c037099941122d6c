/** Mails that wait in a real Dovecot mailbox → entries on timelines, replies threaded by their headers, against fetching them alone. */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { ImapFlow } from 'imapflow'
import {
  aMail,
  aMailbox,
  type Dovecot,
  MAILBOX_SECRETS,
  startDovecot,
  startSmtpSink,
} from '../test/mail/index.ts'
import { type Desk, openDesk } from './harness/desk.ts'
import { freePort } from './harness/free-port.ts'
import {
  begin,
  cpuSecondsOf,
  createQuiet,
  openPostgres,
  type Postgres,
  type Product,
  report,
  say,
  startProduct,
  summarize,
} from './harness/index.ts'

const ADDRESS = 'support@volna.example'
const MOST_WAIT_MS = 120_000

/** A mail of ours that somebody may answer. */
interface Sent {
  readonly messageId: string
  readonly to: string
}

/** What the sender of a mail says, as people do: some lines, the quoted mail below, half of them in HTML too. */
function wordsOf(n: number, quoted: boolean): string {
  const lines = [
    `Здравствуйте! Это письмо номер ${n}.`,
    'Второй день не работает интернет: телефон показывает сеть, а страницы не открываются. Что делать?',
    'Перезагружал, вынимал карту, менял настройки.',
  ]
  const below = [
    '',
    'вт, 24 нояб. 2026 г. в 10:00, Волна <support@volna.example>:',
    '> Попробуйте перезагрузить телефон.',
    '> Служба заботы',
  ]
  return [...lines, ...(quoted ? below : []), '', '--', 'Иван Петров'].join('\n')
}

function writtenAs(text: string, html: boolean, headers: Record<string, string>): string {
  if (!html) return aMail(text, headers).raw
  const parts = [
    '--b\nContent-Type: text/plain; charset=utf-8\n',
    text,
    '--b\nContent-Type: text/html; charset=utf-8\n',
    `<div>${text
      .split('\n')
      .map((line) => `<p>${line}</p>`)
      .join('')}</div>`,
    '--b--',
  ]
  return aMail(parts.join('\n'), { ...headers, 'Content-Type': 'multipart/alternative; boundary=b' }).raw
}

await begin(async ({ quick, folder, atEnd }) => {
  const [rounds, mails, correspondents] = quick ? [2, 200, 40] : [5, 1500, 200]
  const quiet = createQuiet()
  const postgres = await openPostgres({ folder, atEnd })
  const dovecot = await startDovecot()
  atEnd(() => dovecot.end())
  const sink = await startSmtpSink()
  atEnd(() => sink.close())
  const door = {
    id: randomUUID(),
    kind: 'email' as const,
    name: 'Почта',
    policy: 'full' as const,
    settings: aMailbox(dovecot, sink, { user: ADDRESS }),
    secrets: MAILBOX_SECRETS,
  }
  const product = await startProduct({
    dataDir: postgres.dataDir,
    port: await freePort(),
    doors: [door],
    trustedOrigin: 'http://127.0.0.1:1',
    staff: true,
  })
  atEnd(() => product.end())
  const admin = await openDesk(product, 'admin')
  const setState = (state: 'active' | 'paused') => changeDoor(product, admin, door.id, state)

  // Correspondents write, an agent answers each: these answers are what the measured mails reply to.
  await dovecot.append(
    ADDRESS,
    'INBOX',
    Array.from(
      { length: correspondents },
      (_, n) => aMail(wordsOf(n, false), { From: `Иван ${n} <${personOf(n)}>` }).raw,
    ),
  )
  await untilStored(postgres, correspondents)
  await product.ask('drain')
  await answerEverybody(product, await openDesk(product, 'irina'))
  while (sink.taken.length < correspondents) await pause(20)
  const sent: Sent[] = sink.taken.map(({ to, parsed }) => ({ messageId: parsed.messageId, to: to[0] ?? '' }))
  say(`${correspondents} correspondents, ${sent.length} answers to reply to`)

  let stored = correspondents
  let newcomer = correspondents
  const taken: { perSecond: number; fetched: number; cpu: number; foreign: number }[] = []
  for (let round = 0; round <= rounds; round++) {
    await setState('paused')
    const waiting = Array.from({ length: mails }, (_, n) => {
      const replied = n % 2 === 0 ? sent[(round * mails + n) % sent.length] : undefined
      const headers = replied
        ? {
            From: replied.to,
            'In-Reply-To': replied.messageId,
            References: replied.messageId,
            Subject: 'Re: Вопрос',
          }
        : { From: personOf(newcomer++) }
      return writtenAs(wordsOf(n, replied !== undefined), n % 4 < 2, headers)
    })
    await dovecot.append(ADDRESS, 'INBOX', waiting)
    const fetched = await quiet.during(() => fetchAlone(dovecot, mails))
    const one = await quiet.during(async () => {
      const cpu = cpuSecondsOf(product.pid) + cpuSecondsOf(postgres.pid)
      const from = performance.now()
      await setState('active')
      await untilStored(postgres, stored + mails)
      const seconds = (performance.now() - from) / 1000
      return {
        perSecond: mails / seconds,
        cpu: ((cpuSecondsOf(product.pid) + cpuSecondsOf(postgres.pid) - cpu) * 1e6) / mails,
      }
    })
    stored += mails
    await product.ask('drain')
    const threaded = await countThreaded(postgres)
    if (threaded.right !== threaded.replies)
      throw new Error(`${threaded.right} of ${threaded.replies} replies are where they belong`)
    say(
      `${round}/${rounds} ${one.perSecond.toFixed(0)} mails/s, fetched alone ${fetched.perSecond.toFixed(0)}/s, cpu ${one.cpu.toFixed(0)} µs a mail, ${threaded.right} replies threaded right, foreign ${one.foreign.toFixed(2)}`,
    )
    if (round > 0) taken.push({ ...one, fetched: fetched.perSecond })
  }
  const ratios = summarize(taken.map(({ perSecond, fetched }) => perSecond / fetched))
  report({
    name: 'mail',
    value: summarize(taken.map(({ perSecond }) => perSecond)).median,
    unit: 'mails/s',
    baseline: summarize(taken.map(({ fetched }) => fetched)).median,
    ratio: ratios.median,
    low: ratios.low,
    high: ratios.high,
    mails,
    rows: stored,
    threadedRight: (await countThreaded(postgres)).right,
    cpuMicroseconds: summarize(taken.map(({ cpu }) => cpu)).median,
    foreign: summarize(taken.map(({ foreign }) => foreign)).median,
  })
})

function personOf(n: number): string {
  return `person${n}@mail.example`
}

async function changeDoor(product: Product, admin: Desk, id: string, state: string): Promise<void> {
  const answer = await fetch(`${product.url}/api/v1/channel-accounts/${id}`, {
    method: 'PATCH',
    headers: { ...admin.headers, 'content-type': 'application/json' },
    body: JSON.stringify({ state }),
  })
  if (!answer.ok) throw new Error(`the door cannot be ${state}: ${await answer.text()}`)
}

async function answerEverybody({ url }: Product, desk: Desk): Promise<void> {
  let after: string | null = null
  do {
    const query: string = after ? `&after=${encodeURIComponent(after)}` : ''
    const page: { items: { id: string }[]; next: string | null } = await desk.get(
      `/api/v1/conversations?view=all&limit=100${query}`,
    )
    for (const { id } of page.items) {
      const { replyLaneId } = await desk.get<{ replyLaneId: string }>(`/api/v1/conversations/${id}`)
      const body = {
        id: randomUUID(),
        laneId: replyLaneId,
        text: 'Попробуйте перезагрузить телефон.',
        undoMs: 0,
      }
      await desk.postUntilTaken(`/api/v1/conversations/${id}/messages`, body)
    }
    after = page.next
  } while (after)
  say(`everybody is answered at ${url}`)
}

/** What Dovecot and the network allow: the newest mails fetched whole by one client, nothing done with them. */
async function fetchAlone({ imapPort, password }: Dovecot, mails: number): Promise<{ perSecond: number }> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: imapPort,
    secure: false,
    auth: { user: ADDRESS, pass: password },
    logger: false,
  })
  const from = performance.now()
  await client.connect()
  const box = await client.mailboxOpen('INBOX', { readOnly: true })
  let fetched = 0
  for await (const mail of client.fetch(`${box.exists - mails + 1}:*`, { uid: true, source: true })) {
    if (mail.source) fetched += 1
  }
  await client.logout()
  if (fetched !== mails) throw new Error(`${fetched} of ${mails} mails were fetched`)
  return { perSecond: fetched / ((performance.now() - from) / 1000) }
}

async function untilStored({ client }: Postgres, expected: number): Promise<void> {
  const until = performance.now() + MOST_WAIT_MS
  for (;;) {
    const { rows } = await client.query<{ n: number }>(
      "select count(*)::int as n from timeline.entry where direction = 'in' and kind = 'message'",
    )
    const n = rows[0]?.n ?? 0
    if (n === expected) return
    if (n > expected || performance.now() > until)
      throw new Error(`${n} mails are stored, ${expected} were sent`)
    await pause(5)
  }
}

/** Replies, and those of them that stand in the conversation of the message that they answer. */
async function countThreaded({ client }: Postgres): Promise<{ replies: number; right: number }> {
  const { rows } = await client.query<{ replies: number; right: number }>(`
    select count(*)::int as replies, count(*) filter (where own.conversation_id = answered.conversation_id)::int as "right"
    from timeline.entry_body b
    cross join lateral (select conversation_id from timeline.segment s where s.lane_id = b.lane_id and s.from_seq <= b.seq
      order by from_seq desc limit 1) own
    left join lateral (select conversation_id from timeline.segment s where s.lane_id = (b.body->'thread'->>'laneId')::uuid
      and s.from_seq <= (b.body->'thread'->>'seq')::bigint order by from_seq desc limit 1) answered on true
    where b.body->'mail'->>'subject' = 'Re: Вопрос'`)
  return rows[0] ?? { replies: 0, right: 0 }
}
