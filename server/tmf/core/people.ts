import type { LineIdentity } from '../../operator/edge/index.ts'
import { type Call, hrefOf } from './call.ts'

/** The people of a line, as every API names them. */
export const peopleOf = (call: Call, { people }: LineIdentity) =>
  people.map(({ partyId, name, role }) => ({
    id: partyId,
    href: hrefOf(call, 'party', 'individual', partyId),
    name,
    role,
    '@referredType': 'Individual',
  }))
