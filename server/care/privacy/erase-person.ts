import { afterCommit, type Executor } from '../../platform/database/index.ts'
import type { Service, Staff } from '../../platform/http/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { recordAccess, recordChange } from '../audit/index.ts'
import { eraseDocuments } from '../search/index.ts'
import { erasePersonPart } from '../subscribers/index.ts'
import {
  type Counts,
  type Erasing,
  eraseLanes,
  findLanelessPayloads,
  lockForErasure,
} from '../timeline/index.ts'
import type { PrivacyDeps } from './deps.ts'
import { findPerson, type WholePerson } from './find-person.ts'
import { type Report, writeReport } from './reports.ts'

export interface ErasureRequest {
  readonly contactPointId: string
  readonly reason: string
  readonly by: Staff | Service
  /** Where the request came from. */
  readonly address: string
}

/**
 * Destroys everything that is kept of the person of a contact point but the skeleton, in the caller's transaction. Repeating it
 * destroys what has come since, which is nothing. Refuses with `not_found`.
 */
export async function erasePerson(tx: Executor, deps: PrivacyDeps, request: ErasureRequest): Promise<Report> {
  const { clock } = deps.timeline
  const requestedAt = clock.now()
  const { laneless, books } = await eraseAhead(tx, deps, request.contactPointId, requestedAt)
  const person = await findPerson(tx, request.contactPointId, (laneIds) => lockForErasure(tx, laneIds))
  const counts = { ...books, ...(await eraseEverywhere(tx, deps, { ...person, laneless }, request.by)) }
  const report = {
    id: newId(clock),
    requestedAt,
    finishedAt: clock.now(),
    requestedBy: request.by.name,
    reason: request.reason,
    counts,
  } satisfies Report
  await writeReport(tx, report)
  await leaveTraces(tx, deps, request, person, report)
  return report
}

/** What was received as the look began may be committed after it. */
const STILL_COMING_MS = 60_000

/** The long look, while nobody waits for the person's lanes; and the operator's books, whose lines are locked before lanes. */
async function eraseAhead(
  tx: Executor,
  deps: PrivacyDeps,
  contactPointId: string,
  begun: Date,
): Promise<Pick<Erasing, 'laneless'> & { books: Counts }> {
  const { spans, names, contactPointIds } = await findPerson(tx, contactPointId)
  const laneIds = spans.map(({ laneId }) => laneId)
  const payloads = await findLanelessPayloads(tx, { laneIds, names })
  return {
    laneless: { payloads, until: new Date(begun.getTime() - STILL_COMING_MS) },
    books: await deps.eraseBooks(tx, { spans, contactPointIds }),
  }
}

async function eraseEverywhere(
  tx: Executor,
  deps: PrivacyDeps,
  person: WholePerson & Pick<Erasing, 'laneless'>,
  by: Staff | Service,
): Promise<Counts> {
  // The lanes first: they hold the locks under which the rest stands still.
  const said = await eraseLanes(tx, deps.timeline, person)
  return {
    ...said,
    documents: await eraseDocuments(tx, person.spans),
    ...(await deps.eraseElsewhere(tx, person)),
    ...(await erasePersonPart(tx, deps.subscribers, person.contactPointIds, by)),
  }
}

async function leaveTraces(
  tx: Executor,
  deps: PrivacyDeps,
  { by, address, contactPointId }: ErasureRequest,
  { contactPointIds }: WholePerson,
  report: Report,
): Promise<void> {
  const { clock } = deps.timeline
  for (const id of contactPointIds)
    await recordAccess(tx, clock, { actor: by, act: 'erase', contactPointId: id, address })
  await recordChange(tx, clock, {
    actor: by,
    act: 'person.erased',
    subject: `contact-point:${contactPointId}`,
    after: { report: report.id, counts: report.counts },
  })
  // Outlives the database: whoever is brought back by a backup from before has to be erased again.
  afterCommit(tx, () => deps.timeline.log.info({ contactPointIds, report: report.id }, 'a person was erased'))
}
