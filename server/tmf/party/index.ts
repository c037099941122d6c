/**
 * TMF632 Party: who holds and uses lines, people and companies. Their name may be
 * changed; where somebody is reached is proved by them, and not told by others.
 */
import { type Call, hrefOf } from '../core/call.ts'
import { contactsOf, everyParty, type KnownParty, lookAtParty, PHONE, partiesAsked } from '../core/parties.ts'
import type { Query } from '../core/query.ts'
import { type Api, resource } from '../core/resource.ts'
import { renamed } from './rename-party.ts'
import { Individual, IndividualChange, Organization, OrganizationChange } from './schema.ts'

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
  change: {
    body: IndividualChange,
    run: async (call, id, { fullName }) => {
      const party = await renamed(call, id, 'person', fullName)
      return party && mapIndividual(call, party)
    },
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
  change: {
    body: OrganizationChange,
    run: async (call, id, { name }) => {
      const party = await renamed(call, id, 'company', name)
      return party && mapOrganization(call, party)
    },
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
