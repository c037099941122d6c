import type pg from 'pg'
import type { StandIn } from './max-stand-in.ts'
import { type Chat, textIn, textOut } from './storm-chat.ts'

/** What became of the messages of a storm. */
export interface Judgement {
  /** Messages that were sent, both ways. */
  readonly sent: number
  /** Found on their timelines. */
  readonly stored: number
  /** Of the agents' messages: arrived at the provider. */
  readonly delivered: number
  /** Of the agents' messages: shown to a person as unknown, never sent again by themselves. */
  readonly unknown: number
  readonly lost: number
  readonly doubled: number
  readonly outOfOrder: number
  /** The first few of what went wrong. */
  readonly examples: readonly string[]
}

interface Verdict {
  lost: number
  doubled: number
  outOfOrder: number
  readonly examples: string[]
}

/** Looks for every message of the storm in the database and at the provider. */
export async function judgeStorm(
  client: pg.Client,
  standIn: StandIn,
  chats: readonly Chat[],
  { inbound, outbound }: { readonly inbound: number; readonly outbound: number },
): Promise<Judgement> {
  const entries = await readEntries(client)
  const states = await readStates(client)
  const verdict: Verdict = { lost: 0, doubled: 0, outOfOrder: 0, examples: [] }
  let stored = 0
  let delivered = 0
  let unknown = 0
  for (const chat of chats) {
    const came = Array.from({ length: inbound + 1 }, (_, n) => textIn(chat, n))
    const went = Array.from({ length: outbound }, (_, n) => textOut(chat, n))
    const lane = entries.get(chat.laneId) ?? []
    stored += compare(
      verdict,
      'timeline',
      came,
      lane.filter((text) => text.startsWith('in ')),
    )
    stored += compare(
      verdict,
      'timeline',
      went,
      lane.filter((text) => text.startsWith('out ')),
    )
    // Whatever is shown as unknown may have arrived or not; everything else must have.
    const unsure = went.filter((_, n) => states.get(chat.outbound[n] ?? '') === 'unknown')
    const arrived = standIn.received.get(chat.userId) ?? []
    delivered += compare(verdict, 'provider', went, arrived, new Set(unsure))
    unknown += unsure.length
  }
  return { sent: chats.length * (inbound + 1 + outbound), stored, delivered, unknown, ...verdict }
}

/** Every expected text once, in order. Gives how many there were. */
function compare(
  verdict: Verdict,
  where: string,
  expected: readonly string[],
  found: readonly string[],
  mayLack: ReadonlySet<string> = new Set(),
): number {
  const places = new Map(expected.map((text, n) => [text, n]))
  const seen = new Set<string>()
  let last = -1
  const wrong = (what: 'lost' | 'doubled' | 'outOfOrder', text: string) => {
    verdict[what]++
    if (verdict.examples.length < 10) verdict.examples.push(`${what} at the ${where}: ${text}`)
  }
  for (const text of found) {
    const place = places.get(text) ?? -1
    if (seen.has(text)) wrong('doubled', text)
    else if (place < last) wrong('outOfOrder', text)
    seen.add(text)
    last = Math.max(last, place)
  }
  for (const text of expected) if (!seen.has(text) && !mayLack.has(text)) wrong('lost', text)
  return seen.size
}

/** Texts of each lane, in its order. */
async function readEntries(client: pg.Client): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ lane: string; text: string }>(
    `select lane_id as lane, body->>'text' as text from timeline.entry_body where body->>'type' = 'message' order by lane_id, seq`,
  )
  const lanes = new Map<string, string[]>()
  for (const { lane, text } of rows) lanes.set(lane, [...(lanes.get(lane) ?? []), text])
  return lanes
}

async function readStates(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ id: string; state: string }>(
    'select id, state from timeline.outbound',
  )
  return new Map(rows.map(({ id, state }) => [id, state]))
}
