import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Line, type LineRole } from '../../../../contracts/lines.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { Written } from '../../../platform/http/index.ts'
import { readOfferings } from '../../catalogue/index.ts'
import { type Aged, type LineView, writeLine } from '../../edge/index.ts'
import type { LinesContext } from '../lines-context.ts'
import type { LineRules } from '../rules.ts'
import { deleteOldGlances, type Look, type NewGlance, selectGlances, upsertGlances } from '../store/glance.ts'
import { offeringsInGlance, packGlance, unpackGlance } from './pack-glance.ts'
import { type LineRead, readLines } from './read-line.ts'

/** A line at a glance as one of its people sees it, written. */
export interface Glance extends Aged<Written<LineView>> {
  readonly role: LineRole
}

const BETWEEN = '/'
/** How a line is packed; another way has another name. */
const FORM = 'ascii'
const FORGOTTEN_AT_ONCE = 10_000

/** The name of a look of somebody at a line, for `readGlances`. */
export const glanceKey = (lineId: string, partyId: string): string => `${lineId}${BETWEEN}${partyId}`

function lookOf(key: string): Look {
  const at = key.indexOf(BETWEEN)
  return { lineId: key.slice(0, at), partyId: key.slice(at + 1) }
}

/**
 * Lines at a glance for their people, by `glanceKey`; who has no role on a line finds nothing. What was written of a line before is told
 * again as long as all that it was made of is the same; what is not is made anew, and kept. One statement for any number of lines, two more
 * if some are made anew, one more for offerings that this process has not read before.
 */
export async function readGlances(
  db: Executor,
  lines: LinesContext,
  keys: readonly string[],
): Promise<Map<string, Glance>> {
  const asOf = lines.clock.now()
  const looks = keys.map(lookOf)
  const found = await selectGlances(db, looks, { now: asOf, maker: makerOf(lines.rules) })
  const offerings = await readOfferings(
    db,
    found.flatMap(({ packed }) => (packed === null ? [] : offeringsInGlance(packed))),
  )
  const made = await makeAnew(
    db,
    lines,
    found.flatMap(({ packed, place }) => (packed === null ? (looks[place - 1]?.lineId ?? []) : [])),
  )
  const glances = new Map<string, Glance>()
  for (const { place, role, packed } of found) {
    const [key, look] = [keys[place - 1], looks[place - 1]]
    if (key === undefined || look === undefined) continue
    const glance =
      packed === null
        ? seenBy(made.get(look.lineId), look.partyId)
        : { value: new Written<LineView>(unpackGlance(packed, offerings)), asOf, role }
    if (glance) glances.set(key, glance)
  }
  return glances
}

type Made = Pick<LineRead, 'roles' | 'asOf'> & { readonly value: Written<LineView> }

/** What is seen and who may see it are of one view here too. */
function seenBy(made: Made | undefined, partyId: string): Glance | undefined {
  const mine = made?.roles.find((one) => one.partyId === partyId)
  return made && mine && { value: made.value, asOf: made.asOf, role: mine.role }
}

async function makeAnew(
  db: Executor,
  lines: LinesContext,
  lineIds: readonly string[],
): Promise<ReadonlyMap<string, Made>> {
  const made = new Map<string, Made>()
  if (lineIds.length === 0) return made
  const keep: NewGlance[] = []
  for (const [lineId, read] of await readLines(db, lines, lineIds)) {
    const { asOf, roles, offerings, basis, until } = read
    const value = writeLine(read.value)
    made.set(lineId, { roles, asOf, value })
    if (until > asOf) keep.push({ lineId, basis, until, packed: packGlance(value.octets, offerings) })
  }
  // Within a transaction nothing is kept: what it sees may never have been.
  if (keep.length > 0 && !db.isTransaction) await upsertGlances(db, keep, makerOf(lines.rules))
  return made
}

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

/** Forgets what was kept of lines and is over. For an hourly job. Gives how many. */
export async function forgetGlances(db: Executor, { clock }: Pick<LinesContext, 'clock'>): Promise<number> {
  const now = clock.now()
  let gone = 0
  for (;;) {
    const some = await deleteOldGlances(db, now, FORGOTTEN_AT_ONCE)
    gone += some
    if (some < FORGOTTEN_AT_ONCE) return gone
  }
}
