import { Offering } from '../../../contracts/catalogue.ts'
import type { Bucket } from '../../../contracts/lines.ts'
import { octetsOf, quoted, Written } from '../../platform/http/index.ts'
import type { LineView } from './operator-edge.ts'

type Coming = LineView['coming'][number]
type Title = Coming['title']

/**
 * A line at a glance as the contract has it. The first screen of everybody who opens the app: written field by field, what lines share
 * (offerings, titles) once. Tests compare it with what the contract makes of the same line.
 */
export function writeLine(line: LineView): Written<LineView> {
  return Written.of(
    octetsOf(
      `{"id":${quoted(line.id)},"msisdn":${quoted(line.msisdn)},"state":"${line.state}",` +
        `"blockedFor":${orNull(line.blockedFor)},"region":${quoted(line.region)},"timeZone":${quoted(line.timeZone)},` +
        `"tariff":${writeOffering(line.tariff)},"nextTariff":${line.nextTariff === null ? 'null' : writeOffering(line.nextTariff)},` +
        `"balanceKopecks":${line.balanceKopecks},"heldKopecks":${line.heldKopecks},` +
        `"buckets":${list(line.buckets, writeBucket)},"coming":${list(line.coming, writeComing)},` +
        `"moneyEndsAt":${orNull(line.moneyEndsAt)},"promised":${writePromised(line.promised)},` +
        `"contentBanned":${line.contentBanned}}`,
    ),
  )
}

const orNull = (text: string | null): string => (text === null ? 'null' : quoted(text))
const list = <T>(items: readonly T[], write: (item: T) => string): string => `[${items.map(write).join()}]`

const writeBucket = ({ id, type, source, title, left, total, expiresAt }: Bucket): string =>
  `{"id":${quoted(id)},"type":"${type}","source":"${source}","title":${title === null ? 'null' : writeTitle(title)},` +
  `"left":${left},"total":${total},"expiresAt":${orNull(expiresAt)}}`

const writeComing = (coming: Coming): string =>
  `{"at":${quoted(coming.at)},"kopecks":${coming.kopecks},${writeReason(coming)}`

const writeReason = ({ for: what, code, title }: Omit<Coming, 'at' | 'kopecks'>): string =>
  `"for":"${what}","code":${quoted(code)},"title":${writeTitle(title)}}`

const writePromised = (promised: LineView['promised']): string =>
  promised === null
    ? 'null'
    : `{"kopecks":${promised.kopecks},"feeKopecks":${promised.feeKopecks},"dueAt":${quoted(promised.dueAt)}}`

/** Remembers what was written of an object as long as the object lives: those of the catalogue never change. */
function once<T extends object, V = string>(write: (value: T) => V): (value: T) => V {
  const written = new WeakMap<T, V>()
  return (value) => {
    const known = written.get(value)
    if (known !== undefined) return known
    const text = write(value)
    written.set(value, text)
    return text
  }
}

/**
 * What `writeLine` writes for each line of an offering, again and again, in octets: whoever keeps many lines need not keep it with each.
 * The longer come before those that they contain.
 */
export const phrasesOf = once<Offering, readonly string[]>((offering) => {
  const { kind, code, title } = offering.terms
  const reason = kind === 'discount' || kind === 'zone' ? [] : [writeReason({ for: kind, code, title })]
  return [writeOffering(offering), ...reason, writeTitle(title)].map(octetsOf)
})

const writeOffering = once<Offering>((offering) => JSON.stringify(Offering.parse(offering)))
const writeTitle = once<Title>(({ ru, en }) => `{"ru":${quoted(ru)},"en":${quoted(en)}}`)
