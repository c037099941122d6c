import type { Clock } from '../../platform/clock.ts'
import type { Executor } from '../../platform/database/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { type Author, columnsOf } from './author.ts'
import { insertChange } from './store.ts'
import { withoutSecrets } from './without-secrets.ts'

export interface AuditChange {
  readonly actor: Author
  /** What was done, as `noun.verb-in-the-past`: `member.changed`. */
  readonly act: string
  /** To what: `member:ID`. */
  readonly subject: string
  readonly before?: unknown
  readonly after?: unknown
}

/** Records a change; give it the transaction that makes the change. Secrets in before and after are blanked. */
export async function recordChange(db: Executor, clock: Clock, change: AuditChange): Promise<void> {
  await insertChange(db, {
    id: newId(clock),
    at: clock.now(),
    author: columnsOf(change.actor),
    act: change.act,
    subject: change.subject,
    before: withoutSecrets(change.before),
    after: withoutSecrets(change.after),
  })
}
