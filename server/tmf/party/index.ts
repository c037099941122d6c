/** TMF632 Party: who holds and uses lines, people and companies. Read only: the operator's own books say who they are. */
import { type Call, hrefOf } from '../core/call.ts'
import { contactsOf, everyParty, type KnownParty, lookAtParty, PHONE, partiesAsked } from '../core/parties.ts'
import type { Query } from '../core/query.ts'
import { type Api, resource } from '../core/resource.ts'
import { Individual, Organization } from './schema.ts'

const ANCHORS = ['id', PHONE]

const individual = resource({
  name: 'individual',
  schema: Individual,
  numbers: [PHONE],
  list: async function* (call: Call, query: Query) {
    yield (await partiesAsked(call, query)).filter(isPerson).map((one) => mapIndividual(call, one))
  },
  everybody: everyParty(ANCHORS, ['person'], mapIndividual),
  read: async (call, id) => {
    const party = await lookAtParty(call, id)
    return party && isPerson(party) ? mapIndividual(call, party) : undefined
  },
})

const organization = resource({
  name: 'organization',
  schema: Organization,
  numbers: [PHONE],
  list: async function* (call: Call, query: Query) {
    yield (await partiesAsked(call, query)).filter(isCompany).map((one) => mapOrganization(call, one))
  },
  everybody: everyParty(ANCHORS, ['company'], mapOrganization),
  read: async (call, id) => {
    const party = await lookAtParty(call, id)
    return party && isCompany(party) ? mapOrganization(call, party) : undefined
  },
})

const isPerson = ({ kind }: KnownParty): boolean => kind === 'person'
const isCompany = ({ kind }: KnownParty): boolean => kind === 'company'

function mapIndividual(call: Call, party: KnownParty) {
  return {
    id: party.id,
    href: hrefOf(call, 'party', 'individual', party.id),
    '@type': 'Individual',
    fullName: party.name,
    formattedName: party.name,
    status: 'validated' as const,
    contactMedium: contactsOf(call, party),
  }
}

function mapOrganization(call: Call, party: KnownParty) {
  return {
    id: party.id,
    href: hrefOf(call, 'party', 'organization', party.id),
    '@type': 'Organization',
    name: party.name,
    isLegalEntity: true,
    organizationType: 'company',
    status: 'validated' as const,
    contactMedium: contactsOf(call, party),
  }
}

export const party: Api = { name: 'party', resources: [individual, organization] }
