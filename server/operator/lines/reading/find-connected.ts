import type { Offering } from '../../../../contracts/catalogue.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { findOffering } from '../../catalogue/index.ts'
import type { ConnectedState } from '../line-state.ts'
import { selectConnected } from '../store/find-connected.ts'

export interface ConnectedFacts {
  readonly id: string
  readonly lineId: string
  readonly offering: Offering
  readonly since: Date
  readonly endedAt: Date | null
  readonly consent: ConnectedState['consent']
  /** From its beginning to its end. */
  readonly spentKopecks: number
}

/** The facts of an option or a subscription, ended ones too: since when, how it was agreed to, what it cost. */
export async function findConnected(db: Executor, connectedId: string): Promise<ConnectedFacts | undefined> {
  const row = await selectConnected(db, connectedId)
  if (row === undefined) return undefined
  const { offeringId, consentAt, consentThrough, consentWords, ...facts } = row
  const offering = await findOffering(db, offeringId)
  if (offering === undefined)
    throw new Error(`offering ${offeringId} of a connection is not in the catalogue`)
  const words = { through: consentThrough ?? '', words: consentWords ?? '' }
  return { ...facts, offering, consent: consentAt === null ? null : { at: consentAt, ...words } }
}
