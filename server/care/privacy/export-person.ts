import type { DataList } from '../../operator/edge/index.ts'
import type { Executor } from '../../platform/database/index.ts'
import { selectAccesses } from '../audit/index.ts'
import { exportConversations, exportEntries } from '../timeline/index.ts'
import type { PrivacyDeps } from './deps.ts'
import { findPerson, type WholePerson } from './find-person.ts'

const ACCESSES = 500
/** Names the form of the document: whoever reads it later must know what it is. */
const FORM = 'otklik-person/1'

/**
 * Everything kept about the person of a contact point, as pieces of one JSON document. Refuses with `not_found` before the first piece.
 * @param ask.callDetails only where the person has just told a fresh code: calls one by one are secret of communication; else by month
 */
export async function exportPerson(
  db: Executor,
  { timeline, exportElsewhere, exportBooks }: PrivacyDeps,
  contactPointId: string,
  ask: { readonly callDetails: boolean },
): Promise<AsyncGenerator<string>> {
  const person = await findPerson(db, contactPointId)
  const elsewhere = await exportElsewhere(db, person.contactPointIds)
  const books = await exportBooks(db, person.contactPointIds, ask)
  return piecesOf(db, person, { elsewhere, books, at: timeline.clock.now() })
}

interface Rest {
  readonly elsewhere: Readonly<Record<string, readonly unknown[]>>
  readonly books: readonly DataList[]
  readonly at: Date
}

async function* piecesOf(
  db: Executor,
  person: WholePerson,
  { elsewhere, books, at }: Rest,
): AsyncGenerator<string> {
  yield `{"form":"${FORM}","exportedAt":"${at.toISOString()}"`
  for (const [name, rows] of Object.entries({ ...person.part, ...elsewhere }))
    yield `,"${name}":${JSON.stringify(rows)}`
  for (const { name, pages } of books) {
    yield `,"${name}":`
    yield* arrayOf(pages)
  }
  yield `,"conversations":${JSON.stringify(await exportConversations(db, person.spans))}`
  yield ',"lanes":['
  for (const [index, span] of person.spans.entries()) {
    const { laneId, from, to } = span
    yield `${index > 0 ? ',' : ''}{"laneId":"${laneId}","from":${JSON.stringify(from)},"to":${JSON.stringify(to)},"entries":`
    yield* arrayOf(exportEntries(db, span))
    yield '}'
  }
  yield '],"accesses":'
  yield* arrayOf(readAccesses(db, person.contactPointIds))
  yield '}'
}

/** Who looked at them, when and why; not from which address. */
async function* readAccesses(db: Executor, contactPointIds: readonly string[]): AsyncGenerator<unknown[]> {
  for (const contactPointId of contactPointIds) {
    let below: string | undefined
    do {
      const page = await selectAccesses(db, {
        contactPointId,
        agentId: undefined,
        from: undefined,
        below,
        limit: ACCESSES,
      })
      yield page.map(({ address: _address, ...access }) => access)
      below = page.length < ACCESSES ? undefined : page.at(-1)?.id
    } while (below !== undefined)
  }
}

/** Pages as one JSON array. */
async function* arrayOf(pages: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  let separator = '['
  for await (const page of pages) {
    for (const item of page) {
      yield separator + JSON.stringify(item)
      separator = ','
    }
  }
  yield separator === '[' ? '[]' : ']'
}
