import { createHmac, randomUUID } from 'node:crypto'
import {
  createSubscriberLimits,
  DEFAULT_PROOF_RULES,
  type Look,
  type Sighting,
  type SubscriberEvent,
  type Subscribers,
  sightContactPoints,
} from '../../server/care/subscribers/index.ts'
import { type ManualClock, manualClock } from '../../server/platform/clock.ts'
import type { TestDatabase } from '../postgres/index.ts'

export interface SubscribersRoom {
  readonly subscribers: Subscribers
  readonly clock: ManualClock
  /** What was announced, whether or not it was committed. */
  readonly events: SubscriberEvent[]
  /** Messages that the SMS port was given. */
  readonly outbox: { msisdn: string; text: string }[]
  readonly looks: (Look & { act: 'search' | 'reveal' })[]
  readonly smsAccountId: string
  /** Contact points that the actor may not know. */
  readonly forbidden: Set<string>
  /** Somebody seen at a door; gives their contact point. */
  aPoint(sighting?: Partial<Sighting>): Promise<string>
  /** The code in the newest message. */
  newestCode(): string
}

const REVEALS_A_DAY = 3

/** The room of subscribers on a real database, with what surrounds it recorded. */
export function aSubscribersRoom(
  { db, pool }: TestDatabase,
  refuse: (contactPointId: string) => never,
  clock: ManualClock = manualClock('2026-11-24T09:00:00Z'),
): SubscribersRoom {
  const events: SubscriberEvent[] = []
  const outbox: { msisdn: string; text: string }[] = []
  const looks: (Look & { act: 'search' | 'reveal' })[] = []
  const forbidden = new Set<string>()
  const smsAccountId = randomUUID()
  const subscribers: Subscribers = {
    clock,
    announce: async (_, event) => void events.push(event),
    limits: createSubscriberLimits(pool),
    proofRules: DEFAULT_PROOF_RULES,
    country: 'RU',
    fingerprint: (text) => createHmac('sha256', 'key of a test').update(text).digest('hex'),
    sms: { send: async (_, { msisdn, text }) => void outbox.push({ msisdn, text }) },
    codeText: (code, locale) => (locale === 'ru' ? `Код: ${code}` : `Code: ${code}`),
    audit: {
      recordOpen: async () => undefined,
      recordSearch: async (_, look) => void looks.push({ ...look, act: 'search' }),
      recordReveal: async (_, look) => REVEALS_A_DAY - looks.push({ ...look, act: 'reveal' }),
    },
    requireNeedToKnow: async (_, __, contactPointId) => {
      if (forbidden.has(contactPointId)) refuse(contactPointId)
    },
    surroundings: {
      channelNames: async (_, ids) => new Map(ids.map((id) => [id, 'Дверь'])),
      smsAccountId: async () => smsAccountId,
      startLink: async (_, channelAccountId, token) =>
        channelAccountId === smsAccountId ? null : `https://door.example/?start=${token}`,
      newestConversations: async () => new Map(),
      contactPointOfConversation: async () => undefined,
    },
  }
  return {
    subscribers,
    clock,
    events,
    outbox,
    looks,
    smsAccountId,
    forbidden,
    async aPoint(sighting = {}) {
      const externalId = sighting.externalId ?? randomUUID()
      const seen: Sighting = {
        channelAccountId: randomUUID(),
        channel: 'telegram',
        externalId,
        address: externalId,
        ...sighting,
      }
      const [id = ''] = await sightContactPoints(db, clock, [seen])
      return id
    },
    newestCode: () => /\d{6}/.exec(outbox.at(-1)?.text ?? '')?.[0] ?? '',
  }
}
