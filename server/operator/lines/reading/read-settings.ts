import type { LineSettings } from '../../../../contracts/lines.ts'
import type { Executor } from '../../../platform/database/index.ts'
import type { Aged } from '../../edge/index.ts'
import { spentInMonth } from '../draft/limits.ts'
import type { LinesContext } from '../lines-context.ts'
import { selectForwarding } from '../store/forwarding.ts'
import { selectFormer, selectPeople } from '../store/identities.ts'
import { readState } from './read-state.ts'

/** Limits with what counts against them, forwarding, automatic top-up, people. undefined = there is no such line. */
export async function readSettings(
  db: Executor,
  lines: LinesContext,
  lineId: string,
): Promise<Aged<Omit<LineSettings, 'asOf'>> | undefined> {
  const now = lines.clock.now()
  const line = await readState(db, lines, lineId)
  if (line === undefined) return undefined
  const forwarding = await selectForwarding(db, lineId)
  const [people, former] = [await selectPeople(db, lineId, now), await selectFormer(db, lineId, now)]
  return {
    asOf: now,
    value: {
      limits: line.limits,
      spentThisMonthKopecks: spentInMonth(line, now),
      forwarding,
      autoTopUp: line.autoTopUp,
      codeWordSet: line.codeWordSet,
      people: people.map(({ since, ...person }) => ({ ...person, since: since.toISOString() })),
      former: former.map(({ until, ...person }) => ({ ...person, until: until.toISOString() })),
    },
  }
}
