import type { OfferingTerms } from '../../../contracts/catalogue.ts'
import { CONTENT } from './content.ts'
import { DISCOUNTS } from './discounts.ts'
import { OPTIONS } from './options.ts'
import { TARIFFS } from './tariffs.ts'
import { ZONES } from './zones.ts'

/** Everything that the fictional operator «Волна» offers. Prices and volumes are made up; designers change it from then on. */
export const VOLNA_CATALOGUE: readonly OfferingTerms[] = [
  ...TARIFFS,
  ...OPTIONS,
  ...CONTENT,
  ...DISCOUNTS,
  ...ZONES,
]
