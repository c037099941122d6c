import type pg from 'pg'
import { textOf } from '../../messages/index.ts'
import { type CapDeps, recordAccess, recordCapped, recordOpen } from '../care/audit/index.ts'
import {
  type Announce,
  createSubscriberLimits,
  DEFAULT_PROOF_RULES,
  readPerson,
  type SmsPort,
  type Subscribers,
} from '../care/subscribers/index.ts'
import { type Doors, requireNeedToKnowPerson } from '../care/timeline/index.ts'
import type { Clock } from '../platform/clock.ts'
import { type Db, type Executor, maybeOne, rows, sql } from '../platform/database/index.ts'
import { Refusal } from '../platform/refusal.ts'
import type { Vault } from '../platform/vault/index.ts'

export interface PeopleDeps {
  readonly db: Db
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly vault: Vault
  readonly caps: CapDeps
  readonly country: Subscribers['country']
  readonly announce: Announce
  readonly sms: SmsPort
  /** The doors are built later than the people who stand behind them. */
  readonly doors: () => Doors
}

/** Who the people are, with what they need to know of the rooms around them. */
export function composePeople(deps: PeopleDeps): Subscribers {
  const { clock, caps, vault, doors, country } = deps
  return {
    clock,
    announce: deps.announce,
    limits: createSubscriberLimits(deps.pool),
    proofRules: DEFAULT_PROOF_RULES,
    country,
    fingerprint: (text) => vault.fingerprint(text),
    sms: deps.sms,
    codeText: (code, locale) => textOf(locale, 'sms-code', { code }),
    audit: {
      recordOpen: (db, look) => recordOpen(db, clock, look),
      recordSearch: (db, look) => recordAccess(db, clock, { ...look, act: 'search' }),
      recordReveal: (db, look) => recordCapped(db, caps, { ...look, act: 'reveal' }),
    },
    requireNeedToKnow: async (db, actor, contactPointId) => {
      const { lanes } = await readPerson(db, contactPointId)
      await requireNeedToKnowPerson(db, actor, lanes, clock.now())
    },
    surroundings: {
      channelNames: async (_db, ids) => {
        const all = await doors().all()
        return new Map(
          all
            .filter(({ account }) => ids.includes(account.id))
            .map(({ account }) => [account.id, account.name]),
        )
      },
      smsAccountId: async () =>
        (await doors().all()).find(({ account }) => account.kind === 'sms')?.account.id,
      startLink: async (_db, channelAccountId, token) => {
        const door = await doors().find(channelAccountId)
        if (!door) throw new Refusal('not_found', { what: 'channel account' })
        return door.adapter.startLink?.(door.account, token) ?? null
      },
      newestConversations: readNewestConversations,
      contactPointOfConversation: async (db, number) => {
        const row = await maybeOne(
          db,
          sql<{ id: string }>`select lane_id as id from timeline.conversation where number = ${number}`,
        )
        return row?.id
      },
    },
  }
}

async function readNewestConversations(
  db: Executor,
  contactPointIds: readonly string[],
): Promise<Map<string, string>> {
  const found = await rows(
    db,
    sql<{ contactPointId: string; conversationId: string }>`
      select p.id as "contactPointId", newest.conversation_id as "conversationId"
      from unnest(${[...contactPointIds]}::uuid[]) as p(id)
      cross join lateral (
        select conversation_id from timeline.segment where lane_id = p.id order by from_seq desc limit 1
      ) newest`,
  )
  return new Map(found.map((row) => [row.contactPointId, row.conversationId]))
}
