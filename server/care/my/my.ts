import type { Locale } from '../../../contracts/primitives.ts'
import type { OperatorEdge } from '../../operator/edge/index.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Db, Executor } from '../../platform/database/index.ts'
import type { Vault } from '../../platform/vault/index.ts'
import type { Subscribers } from '../subscribers/index.ts'
import type { MyLimits } from './limits.ts'
import type { SessionMemory } from './sessions/session-memory.ts'

/** Carries a short mail to an address. The code in `text` may stand in clear only until it has left. */
export interface MailPort {
  /** Asks for the mail inside the transaction; it leaves after the commit. */
  send(
    tx: Executor,
    mail: {
      readonly address: string
      readonly subject: string
      readonly text: string
      /** Names it for whoever may ask twice, as a job does that runs again: mails of one name are one where they arrive. */
      readonly reference?: string
      /** From then on nobody can use it, and it is not sent any more; absent: it is good for ever. */
      readonly until?: Date
    },
  ): Promise<void>
}

/** What the app says in the name of the operator. */
export interface MyWords {
  /** The SMS with a code. */
  codeText(code: string, locale: Locale): string
  codeMail(code: string, locale: Locale): { readonly subject: string; readonly text: string }
}

export interface MySettings {
  /** Origins of our own pages: others may not write. */
  readonly allowedOrigins: readonly string[]
  /** True where the public address is https. */
  readonly secureCookies: boolean
  readonly operator: { readonly name: string; readonly accent: string }
}

/** What this room works with; made once, in the composition root. */
export interface My {
  readonly db: Db
  readonly clock: Clock
  /** Who is signed in, as far as this process has read it. */
  readonly memory: SessionMemory
  readonly vault: Vault
  readonly edge: OperatorEdge
  readonly subscribers: Subscribers
  readonly limits: MyLimits
  readonly mail: MailPort
  readonly words: MyWords
  readonly settings: MySettings
  /** The channel account of the app. */
  readonly accountId: string
  /** Leaves a code to be carried out after the commit (`deliverCode`). */
  readonly askForDelivery: (tx: Executor, sealed: string) => Promise<void>
}
