import type { Offering } from '../../../../contracts/catalogue.ts'
import { textOf } from '../../../platform/http/index.ts'
import { phrasesOf } from '../../edge/index.ts'

/** Stands before each phrase that was left out; it cannot stand in JSON itself. */
const MARK = '\u0001'
/** A phrase is named by one character after the mark, from this one on. */
const FIRST = '0'.charCodeAt(0)
/** What belongs to more offerings than these is kept as it is. */
const MOST_OFFERINGS = 16

/**
 * A line at a glance, in octets, with what all lines of an offering share left out: it is most of the text, and the server knows it. Begins
 * with the ids of the offerings. What is left is told in ASCII, so that it is octets again as it comes from the database.
 */
export function packGlance(octets: string, offerings: readonly Offering[]): string {
  const shared = [...new Map(offerings.map((one) => [one.id, one])).values()].slice(0, MOST_OFFERINGS)
  const packed = shared
    .flatMap(phrasesOf)
    .reduce((text, phrase, n) => text.replaceAll(phrase, `${MARK}${String.fromCharCode(FIRST + n)}`), octets)
  return `${shared.map(({ id }) => id).join()}\n${inAscii(textOf(packed))}`
}

/** JSON whose every letter beyond ASCII is told by its number. */
const inAscii = (json: string): string =>
  json.replace(/[\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** The ids of the offerings that `unpackGlance` needs. */
export const offeringsInGlance = (packed: string): string[] =>
  packed.slice(0, packed.indexOf('\n')).split(',')

/** The octets of the same JSON as before `packGlance`. An offering that is not among those given is a defect. */
export function unpackGlance(packed: string, offerings: ReadonlyMap<string, Offering>): string {
  const phrases = offeringsInGlance(packed).flatMap((id) => {
    const offering = offerings.get(id)
    if (!offering) throw new Error(`a line was kept with an offering ${id} that is not there`)
    return phrasesOf(offering)
  })
  const [first = '', ...parts] = packed.slice(packed.indexOf('\n') + 1).split(MARK)
  return parts.reduce((text, part) => text + phrases[part.charCodeAt(0) - FIRST] + part.slice(1), first)
}
