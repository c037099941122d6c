import type pg from 'pg'
import { textOf } from '../../messages/index.ts'
import { createMyLimits, type My } from '../care/my/index.ts'
import type { Subscribers } from '../care/subscribers/index.ts'
import { ensureAccount } from '../care/timeline/index.ts'
import type { OperatorEdge } from '../operator/edge/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/database/index.ts'
import { addJob } from '../platform/jobs/index.ts'
import type { Vault } from '../platform/vault/index.ts'
import { deliverMyCodeJob } from './job-kinds.ts'
import { composeMail } from './mail.ts'

export interface MyDeps {
  readonly db: Db
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly vault: Vault
  readonly edge: OperatorEdge
  readonly people: Subscribers
  readonly publicUrl: string
  readonly ownOrigins: readonly string[]
  readonly operator: { readonly name: string; readonly accent: string }
}

/** The app's side of the house; opens its door when there is none yet. */
export async function composeMy(deps: MyDeps): Promise<My> {
  const { db, pool, clock, vault, edge, people, publicUrl, ownOrigins, operator } = deps
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
    vault,
    edge,
    subscribers: people,
    limits: createMyLimits(pool),
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
