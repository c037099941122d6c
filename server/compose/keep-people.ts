import { expireTrust, type Subscribers, suggestDue } from '../care/subscribers/index.ts'
import { type Db, databaseProblem, inTransaction } from '../platform/database/index.ts'
import { type Loop, startLoop } from '../platform/loop.ts'
import type { Log } from '../platform/telemetry/index.ts'

const LIKENESS_MS = 2_000
const TRUST_MS = 60_000

/** What goes on by itself around people: likenesses are looked for, trust that rests on an ended proof ends. */
export function keepPeople(db: Db, people: Subscribers, log: Log): Loop[] {
  const onError = (error: unknown) => {
    if (!databaseProblem(error)) log.error({ err: error }, 'people')
  }
  return [
    startLoop({ work: () => suggestDue(db, people), pollMs: LIKENESS_MS, onError }),
    startLoop({ work: () => inTransaction(db, (tx) => expireTrust(tx, people)), pollMs: TRUST_MS, onError }),
  ]
}
