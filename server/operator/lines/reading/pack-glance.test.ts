import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aTariff } from '../../../../test/factories/offerings.ts'
import { octetsOf, quoted, textOf } from '../../../platform/http/index.ts'
import { phrasesOf } from '../../edge/index.ts'
import { packGlance, unpackGlance } from './pack-glance.ts'

const words = fc.string({ unit: 'grapheme', maxLength: 20 })

test('what is packed is ASCII, and unpacked says the same, in whatever script', () => {
  fc.assert(
    fc.property(words, words, words, (region, ru, en) => {
      const title = { ru: `о${ru}`, en: `о${en}` }
      const offering = { id: '01900000-0000-7000-8000-000000000001', terms: aTariff({ title }) }
      const [shared = ''] = phrasesOf(offering).map(textOf)
      const json = `{"region":${quoted(region)},"tariff":${shared},"mixed":${quoted(`я${en}€😀`)}}`
      const packed = packGlance(octetsOf(json), [offering])
      expect(packed).toMatch(/^\p{ASCII}*$/u)
      const unpacked = unpackGlance(packed, new Map([[offering.id, offering]]))
      expect(Buffer.from(unpacked, 'latin1').toString('latin1')).toBe(unpacked)
      expect(JSON.parse(textOf(unpacked))).toEqual(JSON.parse(json))
    }),
  )
})
