import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aHall, type Hall } from '../../../test/factories/hall.ts'
import { wrongWith } from '../../../test/factories/official-tmf.ts'
import {
  aTmfHouse,
  listIn,
  type TmfCaller,
  type TmfHouse,
  type TmfLine,
  textIn,
} from '../../../test/factories/tmf.ts'
import { subscriberOfParty } from '../../care/subscribers/index.ts'
import { rows, sql } from '../../platform/database/index.ts'
import { type WalkedPage, walkedPage } from './walk.ts'

describe('walking from place to place', () => {
  test('ends somewhere also among those who have nothing, and goes on from there', async () => {
    let read = 0
    const walk = async ({ limit }: { limit: number }) => {
      read += limit
      if (read > 100_000) throw new Error('read on and on')
      return { items: [], next: String(read) }
    }
    const page = await walkedPage(walk, { fields: undefined, offset: 0, limit: 100, conditions: [] })
    expect(page).toEqual({ items: [], next: { after: '1000', offset: 0 } })
  })

  test('tells every thing once, in order, however many belong together and whatever is asked for at a time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 130 }),
        fc.integer({ min: 1, max: 60 }),
        fc.boolean(),
        async (sizes, limit, odd) => {
          const all = sizes.flatMap((size, row) => Array.from({ length: size }, (_, part) => row * 10 + part))
          const walk = async ({ after, limit: at }: { after?: string | undefined; limit: number }) => {
            const from = Number(after ?? 0)
            const things = sizes
              .slice(from, from + at)
              .flatMap((size, row) => Array.from({ length: size }, (_, part) => (from + row) * 10 + part))
            return {
              items: things.map((count) => ({ thing: { count, odd: count % 2 === 1 }, whose: {} })),
              next: from + at < sizes.length ? String(from + at) : null,
            }
          }
          const conditions = odd ? [{ attribute: 'odd', operator: 'eq', values: ['true'] } as const] : []
          const told: number[] = []
          let place: { after?: string | undefined; offset: number } | undefined = { offset: 0 }
          while (place) {
            const page: WalkedPage<{ count: number }> = await walkedPage(walk, {
              fields: undefined,
              limit,
              conditions,
              ...place,
            })
            expect(page.items.length).toBeLessThanOrEqual(limit)
            told.push(...page.items.map(({ thing }) => thing.count))
            place = page.next
          }
          expect(told).toEqual(odd ? all.filter((count) => count % 2 === 1) : all)
        },
      ),
      { numRuns: 100 },
    )
  })
})

const LISTS = [
  ['productInventory/v4/product', 'productInventory', 'Product'],
  ['prepayBalanceManagement/v4/bucket', 'prepayBalanceManagement', 'Bucket'],
  ['prepayBalanceManagement/v4/accumulatedBalance', 'prepayBalanceManagement', 'AccumulatedBalance'],
  ['accountManagement/v4/billingAccount', 'accountManagement', 'BillingAccount'],
  ['accountManagement/v4/partyAccount', 'accountManagement', 'PartyAccount'],
  ['party/v4/individual', 'party', 'Individual'],
  ['party/v4/organization', 'party', 'Organization'],
  ['productOrderingManagement/v4/productOrder', 'productOrderingManagement', 'ProductOrder'],
  ['payment/v4/payment', 'payment', 'Payment'],
  ['troubleTicket/v4/troubleTicket', 'troubleTicket', 'TroubleTicket'],
  ['partyInteraction/v4/partyInteraction', 'partyInteraction', 'PartyInteraction'],
] as const

describe('lists of everybody', () => {
  let hall: Hall
  let house: TmfHouse
  let system: TmfCaller
  let lines: TmfLine[]
  beforeAll(async () => {
    hall = await aHall()
    house = await aTmfHouse({ on: hall.otklik })
    system = await house.aSystem(['read', 'numbers', 'everyone', 'payments'])
    lines = [await house.aLine(), await house.aLine({ name: 'Вера Ким', bare: true }), await house.aLine()]
    const partyId = await house.aParty('ООО Ромашка', 'company')
    await house.aLine({ partyId, bare: true })
    for (const { id } of lines)
      await system.ask('/payment/v4/payment', {
        method: 'POST',
        body: { account: { id }, totalAmount: { unit: 'RUB', value: 1 }, paymentMethod: { name: 'cash' } },
      })
    await hall.begin('Первый')
    await hall.begin('Второй')
  })
  afterAll(() => hall.otklik.end())

  /** Everything of a list, page by page, as a client that follows `Link` gets it. */
  const walkOf = async (path: string, by = system) => {
    const pages: { id: string }[][] = []
    let next: string | undefined = `/${path}?limit=2`
    while (next !== undefined) {
      const { status, headers, body } = await by.ask(next)
      const link = /<.*\/tmf-api(\/.*)>; rel="next"/.exec(headers.get('link') ?? '')
      expect(status).toBe(link ? 206 : 200)
      pages.push(listIn(body))
      next = link?.[1]
    }
    return pages
  }

  test.each(LISTS)('%s is told page by page, each thing once', async (path, api, definition) => {
    const pages = await walkOf(path)
    expect(pages.every((page) => page.length <= 2)).toBe(true)
    const things = pages.flat()
    expect(things.flatMap((one) => wrongWith(api, definition, one))).toEqual([])
    const { status, body } = await system.ask(`/${path}?limit=1000`)
    expect([status, body]).toEqual([200, things])
    expect(new Set(things.map(({ id }) => id)).size).toBe(things.length)
    expect(things.length).toBeGreaterThan(0)
  })

  test('can be filtered by anything, and begin at an offset', async () => {
    const { body } = await system.ask('/party/v4/individual?fullName=Вера Ким&fields=fullName')
    expect(body).toMatchObject([{ id: lines[1]?.partyId, fullName: 'Вера Ким' }])
    const all = await system.ask('/party/v4/individual')
    const second = await system.ask('/party/v4/individual?offset=1&limit=1')
    expect(second.body).toEqual([listIn(all.body)[1]!])
  })

  test('are for clients that may have them, and say where they go on in words of ours alone', async () => {
    const reader = await house.aSystem(['read', 'numbers'])
    for (const [path] of LISTS) expect((await reader.ask(`/${path}`)).status).toBe(400)
    for (const after of ['x', 'person.x', '2027', '%00'])
      expect((await system.ask(`/party/v4/individual?after=${after}`)).status).toBe(400)
    expect((await system.ask('/payment/v4/payment?after=x')).status).toBe(400)
    const anchored = `/payment/v4/payment?account.id=${lines[0]?.id}&after=x`
    expect((await system.ask(anchored)).status).toBe(400)
    const masked = await house.aSystem(['read', 'everyone'])
    const { body } = await masked.ask('/productInventory/v4/product')
    expect(JSON.stringify(body)).not.toContain(lines[0]?.msisdn)
  })

  test('keep in the audit whose things were taken, and no more', async () => {
    const taken = () =>
      rows(
        hall.otklik.db,
        sql<{ id: string; subscriberId: string; lineId: string; reason: string }>`
          select id, subscriber_id as "subscriberId", contact_point_id as "lineId", reason from audit.access
          where actor_kind = 'service' and act = 'export'`,
      )
    const before = new Set((await taken()).map(({ id }) => id))
    const { body } = await system.ask('/productInventory/v4/product?limit=1')
    const after = (await taken()).filter(({ id }) => !before.has(id))
    const partyId = textIn(body, 'relatedParty.id')
    expect(after).toEqual([
      {
        id: expect.any(String),
        lineId: listIn(body)[0]!.id,
        subscriberId: await subscriberOfParty(hall.otklik.db, partyId),
        reason: 'productInventory/product',
      },
    ])
  })
})
