import { expect, test } from 'vitest'
import { msisdnIn } from './phone-input.tsx'

test.each([
  ['+7 900 000-01-02', '79000000102'],
  ['8 (900) 000-01-02', '79000000102'],
  ['900 000-01-02', '79000000102'],
  ['+7 900 000-01', undefined],
  ['+7 900 000-01-023', undefined],
  ['', undefined],
])('«%s» is %s', (written, msisdn) => expect(msisdnIn(written)).toBe(msisdn))
