import { recordChange } from '../care/audit/index.ts'
import type { CatalogueDeps, CountLinesOf } from '../operator/catalogue/index.ts'
import type { Clock } from '../platform/clock.ts'

/** The catalogue with what surrounds it: every publication stands in the audit, lines are counted by whoever keeps them. */
export function composeCatalogue(clock: Clock, countLinesOf: CountLinesOf): CatalogueDeps {
  return {
    clock,
    countLinesOf,
    published: (tx, { version, diff, by }) =>
      recordChange(tx, clock, {
        actor: { kind: 'agent', ...by },
        act: 'catalogue.published',
        subject: 'catalogue',
        before: { version: diff.basedOn },
        after: {
          version,
          added: diff.added.map(({ code }) => code),
          changed: diff.changed.map(({ code, fields }) => ({ code, fields })),
          withdrawn: diff.withdrawn,
        },
      }),
  }
}
