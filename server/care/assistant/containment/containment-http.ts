import type { containment } from '../../../../contracts/containment.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Handlers } from '../../../platform/http/index.ts'
import { readContainment } from './read-containment.ts'

/** The handlers of the `containment` contract. */
export const containmentHandlers = ({ clock }: { readonly clock: Clock }): Handlers<typeof containment> => ({
  readContainment: ({ db, query }) => readContainment(db, clock, query),
})
