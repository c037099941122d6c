/** TMF666 Account: a line's money is a billing account, a person's or company's own lines together their party account. Read only. */
import type { LineIdentity, OperatorEdge } from '../../operator/edge/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type Call, hrefOf, numberFor } from '../core/call.ts'
import { moneyOf } from '../core/common.ts'
import { type Anchors, everyLine, linesAsked, lookAtLine } from '../core/lines-asked.ts'
import { everyParty, type KnownParty, lookAtParty } from '../core/parties.ts'
import { peopleOf } from '../core/people.ts'
import { isExact, type Query } from '../core/query.ts'
import { type Api, resource } from '../core/resource.ts'
import { BillingAccount, PartyAccount } from './schema.ts'

const ANCHORS: Anchors = { id: 'line', name: 'msisdn', 'relatedParty.id': 'party' }
type LineRead = NonNullable<Awaited<ReturnType<OperatorEdge['readLine']>>>

const billingAccount = resource({
  name: 'billingAccount',
  schema: BillingAccount,
  numbers: ['name'],
  list: async function* (call: Call, query: Query) {
    for (const line of await linesAsked(call, query, ANCHORS, 'charges')) {
      const account = await billingAccountOf(call, line)
      yield account ? [account] : []
    }
  },
  everybody: everyLine(ANCHORS, async (call, line) => {
    const account = await billingAccountOf(call, line)
    return account ? [account] : []
  }),
  read: async (call, id) => {
    const line = await lookAtLine(call, id, 'charges')
    return line && billingAccountOf(call, line)
  },
})

async function billingAccountOf(call: Call, line: LineIdentity): Promise<BillingAccount | undefined> {
  const read = await call.room.lines.edge.readLine(call.db, line.id)
  return read && mapBillingAccount(call, line, read)
}

function mapBillingAccount(call: Call, line: LineIdentity, { value, asOf }: LineRead): BillingAccount {
  const at = { startDateTime: asOf.toISOString() }
  return {
    id: line.id,
    href: hrefOf(call, 'accountManagement', 'billingAccount', line.id),
    '@type': 'BillingAccount',
    name: numberFor(call, line.msisdn),
    accountType: 'prepaid',
    state: value.state,
    paymentStatus: value.state === 'suspended' ? 'due' : 'paid',
    lastModified: asOf.toISOString(),
    relatedParty: peopleOf(call, line),
    accountBalance: [
      { balanceType: 'cash', amount: moneyOf(value.balanceKopecks), validFor: at },
      { balanceType: 'held', amount: moneyOf(value.heldKopecks), validFor: at },
    ],
  }
}

const PARTY: readonly string[] = ['id', 'relatedParty.id']

const partyAccount = resource({
  name: 'partyAccount',
  schema: PartyAccount,
  list: async function* (call: Call, { conditions }: Query) {
    const asked = conditions.find((one) => PARTY.includes(one.attribute) && isExact(one))
    if (!asked) throw new Refusal('invalid_request', { in: 'query', needsOneOf: PARTY })
    const party = await lookAtParty(call, asked.values[0] ?? '')
    yield party ? [mapPartyAccount(call, party)] : []
  },
  everybody: everyParty(PARTY, ['person', 'company'], mapPartyAccount),
  read: async (call, id) => {
    const party = await lookAtParty(call, id)
    return party && mapPartyAccount(call, party)
  },
})

/** A party's account has the party's id: there is one. */
function mapPartyAccount(call: Call, { id, name, kind, lines }: KnownParty): PartyAccount {
  const resourceName = kind === 'company' ? 'organization' : 'individual'
  return {
    id,
    href: hrefOf(call, 'accountManagement', 'partyAccount', id),
    '@type': 'PartyAccount',
    name,
    accountType: kind,
    state: 'active',
    relatedParty: [
      {
        id,
        href: hrefOf(call, 'party', resourceName, id),
        name,
        role: 'owner',
        '@referredType': kind === 'company' ? 'Organization' : 'Individual',
      },
    ],
    accountRelationship: lines
      .filter(({ role }) => role === 'owner')
      .map((line) => ({
        relationshipType: 'contains',
        account: {
          id: line.id,
          href: hrefOf(call, 'accountManagement', 'billingAccount', line.id),
          name: numberFor(call, line.msisdn),
          '@referredType': 'BillingAccount',
        },
        validFor: {},
      })),
  }
}

export const account: Api = { name: 'accountManagement', resources: [billingAccount, partyAccount] }
