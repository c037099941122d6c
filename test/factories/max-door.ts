import { rows, sql } from '../../server/platform/database/index.ts'
import type { TestOtklik } from './otklik.ts'

/** A MAX bot whose webhooks the test posts itself. */
export interface MaxDoor {
  readonly accountId: string
  /** Posts an update as MAX does; gives the status. */
  post(update: unknown): Promise<number>
  /** A message of this person with its name; the name is new unless given. */
  message(person: number, text: string, mid?: string, attachments?: unknown): { update: object; mid: string }
  edit(person: number, mid: string, text: string, attachments?: unknown): object
  removal(person: number, mid: string): object
  /** The person opened or left the door. */
  reach(person: number, kind: 'bot_started' | 'bot_stopped'): object
  laneOf(person: number): Promise<string>
  /** What stands on the person's lane, in its order. */
  entriesOf(person: number): Promise<{ seq: number; kind: string; body: { text?: string } | null }[]>
}

const SECRET = 'a-webhook-secret-of-the-test'
let made = 0

/** Opens the door. `apiBase` is where its messages go; by default nobody is there. */
export async function aMaxDoor(
  otklik: TestOtklik,
  { apiBase = 'http://127.0.0.1:1', token = 'max-token' } = {},
): Promise<MaxDoor> {
  const accountId = await otklik.openDoor({
    kind: 'max',
    name: 'MAX',
    policy: 'full',
    settings: { apiBase },
    secrets: { token, webhookSecret: SECRET },
  })
  const at = Date.now()
  const userOf = (person: number) => ({ user_id: person, first_name: 'Анна', is_bot: false })
  const wordsOf = (person: number, text: string, mid: string, attachments: unknown = null) => ({
    sender: userOf(person),
    recipient: { chat_id: person, chat_type: 'dialog', user_id: 9 },
    timestamp: at,
    body: { mid, seq: made, text, attachments },
  })
  const laneOf = async (person: number) => {
    const [row] = await rows(
      otklik.db,
      sql<{ laneId: string }>`select contact_point_id as "laneId" from subscribers.contact_alias
        where channel_account_id = ${accountId} and external_id = ${String(person)}`,
    )
    return row?.laneId ?? ''
  }
  return {
    accountId,
    post: async (update) => {
      const answer = await fetch(`${otklik.url}/channels/${accountId}/webhook`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-max-bot-api-secret': SECRET },
        body: typeof update === 'string' ? update : JSON.stringify(update),
      })
      await answer.text()
      return answer.status
    },
    message: (person, text, mid = `mid.${++made}`, attachments = null) => ({
      mid,
      update: {
        update_type: 'message_created',
        timestamp: at,
        message: wordsOf(person, text, mid, attachments),
      },
    }),
    edit: (person, mid, text, attachments = null) => ({
      update_type: 'message_edited',
      timestamp: at + ++made,
      message: wordsOf(person, text, mid, attachments),
    }),
    removal: (person, mid) => ({
      update_type: 'message_removed',
      timestamp: at + ++made,
      message_id: mid,
      chat_id: person,
      user_id: person,
    }),
    reach: (person, kind) => ({
      update_type: kind,
      timestamp: at + ++made,
      chat_id: person,
      user: userOf(person),
    }),
    laneOf,
    entriesOf: async (person) => {
      const found = await rows(
        otklik.db,
        sql<{ seq: number; kind: string; body: { text?: string } | null }>`select e.seq, e.kind, b.body
          from timeline.entry e left join timeline.entry_body b on b.lane_id = e.lane_id and b.seq = e.seq
          where e.lane_id = ${await laneOf(person)} order by e.seq`,
      )
      return found
    },
  }
}
