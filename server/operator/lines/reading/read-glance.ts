import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Line, LineRole } from '../../../../contracts/lines.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { Written } from '../../../platform/http/index.ts'
import { type Batches, inBatches } from '../../../platform/jobs/index.ts'
import { readOfferings } from '../../catalogue/index.ts'
import { type Aged, type LineAtHand, type LineView, writeLine } from '../../edge/index.ts'
import type { LinesContext } from '../lines-context.ts'
import type { LineRules } from '../rules.ts'
import {
  deleteOldGlances,
  type NewGlance,
  selectGlances,
  upsertGlances,
  watchMoney,
} from '../store/glance.ts'
import { offeringsInGlance, packGlance, unpackGlance } from './pack-glance.ts'
import { readLines } from './read-line.ts'

/** A line at a glance as one of its people sees it, written. */
export interface Glance extends Aged<Written<LineView>> {
  readonly role: LineRole
}

const BETWEEN = '/'
/** How a line is packed; another way has another name. */
const FORM = 'ascii'

/** The name of a look of somebody at a line, for `readGlances`. Ids may be told in capitals too. */
export const glanceKey = (lineId: string, partyId: string): string =>
  `${lineId.toLowerCase()}${BETWEEN}${partyId}`

/** Who looks at which line. */
interface Look {
  readonly lineId: string
  readonly partyId: string
}

function lookOf(key: string): Look {
  const at = key.indexOf(BETWEEN)
  return { lineId: key.slice(0, at), partyId: key.slice(at + 1) }
}

/** A line's people now, and what was written of it, if it is still right. */
interface KnownLine extends Pick<LineAtHand, 'people' | 'asOf'> {
  readonly value: LineAtHand['value'] | undefined
  /** How long both hold, if nobody changes them. */
  readonly until: Date
  readonly isWatched: boolean
}

/** The highest role first: where a party has several on a line it counts. */
const rankOf = ({ role }: { readonly role: LineRole }): number => LineRole.options.indexOf(role)

/** Reads lines, and keeps in memory what is right of them. */
async function readKept(
  db: Executor,
  lines: LinesContext,
  lineIds: readonly string[],
): Promise<Map<string, KnownLine>> {
  return lines.glances.reading(async (keep) => {
    const kept = await readRows(db, lines, lineIds)
    for (const [lineId, { value, people, until, isWatched }] of kept)
      if (value && isWatched && !db.isTransaction) keep(lineId, { value, people }, until)
    return kept
  })
}

/** One statement for any number of lines, one more for offerings that this process has not read before. A line without people is missing. */
async function readRows(
  db: Executor,
  { clock, rules }: LinesContext,
  lineIds: readonly string[],
): Promise<Map<string, KnownLine>> {
  const asOf = clock.now()
  const rows = await selectGlances(db, lineIds, { now: asOf, maker: makerOf(rules) })
  const offerings = await readOfferings(
    db,
    rows.flatMap(({ packed }) => (packed === null ? [] : offeringsInGlance(packed))),
  )
  const kept = new Map<string, KnownLine>()
  for (const { lineId, partyId, role, packed, until, isWatched } of rows) {
    const mine = { partyId, role }
    const known = kept.get(lineId)
    const people = known ? [...known.people, mine].sort((a, b) => rankOf(a) - rankOf(b)) : [mine]
    const value =
      known || packed === null ? known?.value : Written.of<LineView>(unpackGlance(packed, offerings))
    kept.set(lineId, { people, asOf, value, until, isWatched })
  }
  return kept
}

/** What was written of lines and is still right, by line; the others are missing. Nothing is made anew. */
export async function readGlancesAtHand(
  db: Executor,
  lines: LinesContext,
  lineIds: readonly string[],
): Promise<Map<string, LineAtHand>> {
  const atHand = new Map<string, LineAtHand>()
  for (const [lineId, { people, asOf, value }] of await readKept(db, lines, lineIds))
    if (value) atHand.set(lineId, { people, asOf, value })
  return atHand
}

/**
 * Lines at a glance for their people, by `glanceKey`; who has no role on a line finds nothing. What was written of a line before is told
 * again as long as all that it was made of is the same; what is not is made anew, and kept, in two statements more.
 */
export async function readGlances(
  db: Executor,
  lines: LinesContext,
  keys: readonly string[],
): Promise<Map<string, Glance>> {
  const looks = new Map(keys.map((key) => [key, lookOf(key)]))
  const kept = await readKept(db, lines, [...new Set([...looks.values()].map(({ lineId }) => lineId))])
  const isMade = ({ lineId, partyId }: Look) => {
    const line = kept.get(lineId)
    return line?.value === undefined && line?.people.some((one) => one.partyId === partyId) === true
  }
  const toMake = [...new Set([...looks.values()].filter(isMade).map(({ lineId }) => lineId))]
  const made = await makeAnew(db, lines, toMake, await watch(db, kept, toMake))
  const glances = new Map<string, Glance>()
  for (const [key, { lineId, partyId }] of looks) {
    const glance = seenBy(kept.get(lineId), partyId) ?? seenBy(made.get(lineId), partyId)
    if (glance) glances.set(key, glance)
  }
  return glances
}

/** What is seen and who may see it are of one view. */
function seenBy(line: KnownLine | undefined, partyId: string): Glance | undefined {
  const mine = line?.people.find((one) => one.partyId === partyId)
  return line?.value && mine && { value: line.value, asOf: line.asOf, role: mine.role }
}

/** The lines of which may be kept what is read afterwards. Within a transaction nothing is: what it sees may never have been. */
async function watch(
  db: Executor,
  kept: ReadonlyMap<string, KnownLine>,
  lineIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (db.isTransaction) return new Set()
  const others = lineIds.filter((lineId) => kept.get(lineId)?.isWatched === false)
  const left = new Set(others)
  if (others.length > 0) for (const lineId of await watchMoney(db, others)) left.delete(lineId)
  return new Set(lineIds.filter((lineId) => !left.has(lineId)))
}

/** Makes lines anew, and keeps them: in memory those that are watched. */
async function makeAnew(
  db: Executor,
  lines: LinesContext,
  lineIds: readonly string[],
  watched: ReadonlySet<string>,
): Promise<ReadonlyMap<string, KnownLine>> {
  if (lineIds.length === 0) return new Map()
  return lines.glances.reading(async (keep) => {
    const made = new Map<string, KnownLine>()
    const glances: NewGlance[] = []
    for (const [lineId, read] of await readLines(db, lines, lineIds)) {
      const { asOf, roles: people, peopleUntil, offerings, basis } = read
      const value = writeLine(read.value)
      const until = earlier(read.until, peopleUntil)
      made.set(lineId, { people, asOf, value, until, isWatched: watched.has(lineId) })
      if (db.isTransaction || read.until <= asOf) continue
      if (watched.has(lineId)) keep(lineId, { value, people }, until)
      glances.push({ lineId, basis, until: read.until, packed: packGlance(value.octets, offerings) })
    }
    if (glances.length > 0) await upsertGlances(db, glances, makerOf(lines.rules))
    return made
  })
}

const earlier = (one: Date, other: Date | null): Date => (other && other < one ? other : one)

const makers = new WeakMap<LineRules, string>()

/** A name of what is made of lines here: servers with other rules, or of a version that tells something else, have another one. */
function makerOf(rules: LineRules): string {
  const known = makers.get(rules)
  if (known !== undefined) return known
  const told = JSON.stringify([FORM, z.toJSONSchema(Line, { io: 'output' }), rules])
  const maker = createHash('sha256').update(told).digest('base64url').slice(0, 16)
  makers.set(rules, maker)
  return maker
}

/** Forgets what was kept of lines and is over, some at a time. For an hourly job. Gives how many. */
export function forgetGlances(
  db: Executor,
  { clock }: Pick<LinesContext, 'clock'>,
  batches?: Batches,
): Promise<number> {
  const now = clock.now()
  return inBatches((limit) => deleteOldGlances(db, now, limit), batches)
}
