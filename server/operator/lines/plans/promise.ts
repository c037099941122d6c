import { addDays } from '../calendar.ts'
import type { LineState } from '../line-state.ts'
import type { LineRules, PromiseRule } from '../rules.ts'
import { type Conflict, conflict, stateConflicts } from './conflicts.ts'

export interface PromisePlan {
  readonly conflicts: Conflict[]
  readonly feeKopecks: number
  readonly dueAt: Date
}

/** What the line is old enough to borrow; undefined = too young. */
export function promiseRuleOf(line: LineState, rules: LineRules, now: Date): PromiseRule | undefined {
  return rules.promises.findLast(
    ({ fromAgeDays }) => addDays(line.openedAt, line.timeZone, fromAgeDays) <= now,
  )
}

/** What a promised payment of an amount would cost and when it is due. */
export function planPromise(
  line: LineState,
  amountKopecks: number,
  rules: LineRules,
  now: Date,
): PromisePlan {
  const rule = promiseRuleOf(line, rules, now)
  const fits = rule && amountKopecks >= rules.promiseMinKopecks && amountKopecks <= rule.maxKopecks
  return {
    conflicts: [
      ...stateConflicts(line, 'promise'),
      ...(line.promised ? [conflict('debt', 'promised-payment')] : []),
      ...(rule ? [] : [conflict('too-early', null, { fromAgeDays: rules.promises[0]?.fromAgeDays ?? null })]),
      ...(rule && !fits
        ? [
            conflict('limit', 'promised-payment', {
              minKopecks: rules.promiseMinKopecks,
              maxKopecks: rule.maxKopecks,
            }),
          ]
        : []),
    ],
    feeKopecks: rule?.feeKopecks ?? 0,
    dueAt: rule ? addDays(now, line.timeZone, rule.days) : now,
  }
}
