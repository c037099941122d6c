import type { Executor } from '../../../platform/database/index.ts'
import type { DataList } from '../../edge/index.ts'
import { selectHeldCharges } from '../store/charges.ts'
import { type HeldLine, type HeldRange, selectHeld } from '../store/held-lines.ts'
import { selectHeldUsage, sumHeldCalls } from '../store/usage.ts'

const AT_A_TIME = 500

/**
 * What these books hold of a party, for the party: the lines that it owns or uses or did, and of its own ones charges and usage, each within
 * its time, page by page.
 * @param callDetails calls and messages one by one with the other number: secret of communication. Else their sums by month
 */
export function exportHeld(
  db: Executor,
  partyId: string,
  { callDetails }: { readonly callDetails: boolean },
): DataList[] {
  const own = () => ownLines(db, partyId)
  return [
    { name: 'heldLines', pages: heldLines(db, partyId) },
    { name: 'charges', pages: pagesOf(own(), (range) => selectHeldCharges(db, range, AT_A_TIME)) },
    {
      name: 'usage',
      pages: pagesOf(own(), (range) =>
        selectHeldUsage(db, range, { dataOnly: !callDetails, limit: AT_A_TIME }),
      ),
    },
    ...(callDetails ? [] : [{ name: 'callsByMonth', pages: callSums(db, own()) }]),
  ]
}

async function* heldLines(db: Executor, partyId: string): AsyncGenerator<unknown[]> {
  yield (await selectHeld(db, partyId)).map(({ timeZone: _, ...line }) => line)
}

async function* ownLines(db: Executor, partyId: string): AsyncGenerator<HeldLine> {
  for (const line of await selectHeld(db, partyId)) if (line.role === 'owner') yield line
}

async function* pagesOf<T extends { readonly at: Date; readonly id: string }>(
  held: AsyncIterable<HeldLine>,
  select: (range: HeldRange) => Promise<T[]>,
): AsyncGenerator<unknown[]> {
  for await (const { lineId, from, to } of held) {
    let after: HeldRange['after']
    do {
      const page = await select({ lineId, from, to, after })
      if (page.length > 0) yield page.map((row) => ({ lineId, ...row }))
      after = page.length < AT_A_TIME ? undefined : page.at(-1)
    } while (after !== undefined)
  }
}

async function* callSums(db: Executor, held: AsyncIterable<HeldLine>): AsyncGenerator<unknown[]> {
  for await (const { lineId, from, to, timeZone } of held) {
    const sums = await sumHeldCalls(db, { lineId, from, to, after: undefined }, timeZone)
    yield sums.map((sum) => ({ lineId, ...sum }))
  }
}
