import type pg from 'pg'
import { textOf } from '../../messages/index.ts'
import { createMyLimits, createSessionMemory, type My, type MyRoom } from '../care/my/index.ts'
import { exportPerson, type PrivacyDeps } from '../care/privacy/index.ts'
import type { Subscribers } from '../care/subscribers/index.ts'
import { ensureAccount, type Timeline } from '../care/timeline/index.ts'
import type { OperatorEdge } from '../operator/edge/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/database/index.ts'
import { addJob } from '../platform/jobs/index.ts'
import type { Kept } from '../platform/kept/index.ts'
import type { Outgoing } from '../platform/outgoing/index.ts'
import type { Vault } from '../platform/vault/index.ts'
import { createChatLimits } from './chat-limits.ts'
import { deliverMyCodeJob, knockDeviceJob } from './job-kinds.ts'
import { composeMail } from './mail.ts'
import { refundText } from './refund-text.ts'

export interface MyDeps {
  readonly db: Db
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly kept: Kept
  /** How many sessions it may keep in memory. */
  readonly mostKept: number
  readonly vault: Vault
  readonly edge: OperatorEdge
  readonly people: Subscribers
  readonly publicUrl: string
  readonly ownOrigins: readonly string[]
  readonly isShared: (address: string) => boolean
  readonly operator: MyRoom['settings']['operator'] & Pick<MyRoom, 'accessPoints'>
  readonly country: string
  readonly timeline: Timeline
  readonly privacy: PrivacyDeps
  readonly outgoing: Outgoing
  readonly trustedOrigins: readonly string[]
}

/** Where days are counted of those who have not said where they live, by country; elsewhere UTC. */
const TIME_ZONES: Readonly<Record<string, string>> = {
  RU: 'Europe/Moscow',
  BY: 'Europe/Minsk',
  KZ: 'Asia/Almaty',
}

/** The app's side of the house; opens its door when there is none yet. */
export async function composeMy(deps: MyDeps): Promise<MyRoom> {
  const { timeline, privacy, outgoing, trustedOrigins, publicUrl } = deps
  const timeZone = TIME_ZONES[deps.country] ?? 'UTC'
  const { hostname, protocol } = new URL(publicUrl)
  return {
    ...(await composeSignIn(deps)),
    timeline,
    outgoing,
    trustedOrigins,
    publicUrl,
    accessPoints: deps.operator.accessPoints,
    pushSubject: protocol === 'https:' ? publicUrl : `mailto:postmaster@${hostname}`,
    timeZone,
    limit: createChatLimits(),
    exportPerson: (db, contactPointId) => exportPerson(db, privacy, contactPointId, { callDetails: true }),
    refundText: (facts, locale) => refundText(facts, locale, timeZone),
    askToKnock: (tx, sessionId, about) =>
      addJob(tx, knockDeviceJob, { sessionId, about }, { key: `knock:${sessionId}`, maxAttempts: 4 }),
  }
}

async function composeSignIn(deps: MyDeps): Promise<My> {
  const { db, pool, clock, vault, edge, people, publicUrl, ownOrigins, isShared, operator } = deps
  const { host, protocol } = new URL(publicUrl)
  const accountId = await ensureAccount(db, vault, clock, {
    kind: 'my',
    name: operator.name,
    policy: 'full',
    settings: {},
    secrets: {},
  })
  return {
    db,
    clock,
    memory: createSessionMemory(deps.kept, deps.mostKept),
    vault,
    edge,
    subscribers: people,
    limits: createMyLimits(pool, isShared),
    mail: composeMail(vault),
    words: {
      // The last line lets a phone offer the code to this site alone (WebOTP).
      codeText: (code, locale) => textOf(locale, 'my-code', { code, host }),
      codeMail: (code, locale) => ({
        subject: textOf(locale, 'my-code-subject', { code }),
        text: textOf(locale, 'my-code-mail', { code, site: publicUrl }),
      }),
    },
    settings: { allowedOrigins: ownOrigins, secureCookies: protocol === 'https:', operator },
    accountId,
    askForDelivery: (tx, sealed) => addJob(tx, deliverMyCodeJob, { sealed }, { maxAttempts: 3 }),
  }
}
