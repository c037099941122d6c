import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { contracts } from '../../contracts/index.ts'
import type { MarketBook } from '../../contracts/market.ts'
import type { ServerFrame } from '../../contracts/realtime.ts'
import { rows, sql } from '../../server/platform/database/index.ts'
import type { World } from '../../world/index.ts'
import { aStaffCaller, type Caller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { ROOMY } from '../factories/market.ts'
import { anOperatorLine, seedOfferings } from '../factories/operator-line.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import {
  aWorldWithSms,
  openSmsDoor,
  type SubscriberCaller,
  signInBySms,
} from '../factories/subscriber-caller.ts'

const { conversations, market, marketConsole, my, orders } = contracts
const NAME = '<img/src=x/onerror=alert(1)>'
let world: World
let otklik: TestOtklik
let seller: SubscriberCaller
let buyer: SubscriberCaller
let sellerLine: string
let buyerLine: string
let anna: Caller
let irina: Caller
let admin: Caller

beforeAll(async () => {
  world = await aWorldWithSms()
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  await openSmsDoor(otklik, world)
  await otklik.reconcileDoors()
  await seedOfferings(otklik)
  sellerLine = await anOperatorLine(otklik, { msisdn: '79000000101', name: `${NAME} Ветрова` })
  buyerLine = await anOperatorLine(otklik, { msisdn: '79000000102', name: 'Пётр Лукин' })
  anna = await aStaffCaller(otklik.url, otklik.logins.anna)
  irina = await aStaffCaller(otklik.url, otklik.logins.irina)
  admin = await aStaffCaller(otklik.url, otklik.logins.admin)
  seller = await signInBySms(otklik.url, world, '79000000101')
  buyer = await signInBySms(otklik.url, world, '79000000102')
  await admin.call(marketConsole.publishMarketRules, { body: { basedOn: 0, rules: ROOMY } })
})
afterAll(async () => {
  await otklik?.end()
  await world?.close()
})

const list = (more: Record<string, unknown> = {}, who = seller) =>
  who.call(market.listLot, {
    body: { id: uuid(), lineId: sellerLine, type: 'data', units: 2, priceKopecks: 4_000, ...more },
  })
const buy = (
  lots: { id: string; version: number }[],
  totalKopecks: number,
  more: Record<string, unknown> = {},
) => buyer.call(market.buy, { body: { id: uuid(), lineId: buyerLine, lots, totalKopecks, ...more } })
const refusedWith = (status: number, code: string, reason?: string) =>
  expect.objectContaining({
    status,
    problem: expect.objectContaining({
      code,
      ...(reason && {
        facts: expect.objectContaining({
          obstacles: expect.arrayContaining([expect.objectContaining({ reason })]),
        }),
      }),
    }),
  })
const book = (units: number) => buyer.call(market.readBook, { query: { type: 'data', units } })

describe('two phones', () => {
  test('one lists, the other sees and buys; a price change in between is refused and shown; both have their receipts', async () => {
    const sellable = await seller.call(market.getSellable, { query: { line: sellerLine } })
    expect(sellable.types[0]).toMatchObject({ type: 'data', units: 30 })
    const lot = await list({ moods: ['cat', 'cool'] })
    const [seen] = (await book(2)).lots
    expect(seen).toMatchObject({ id: lot.id, version: 1, sellerName: null, moods: ['cat', 'cool'] })
    expect((await buyer.call(market.listTiers, { query: { type: 'data' } })).tiers).toEqual([
      { units: 2, lots: 1, cheapestKopecks: 4_000, averageKopecks: 4_000 },
    ])
    await seller.call(market.changeLot, { params: { id: lot.id }, body: { version: 1, priceKopecks: 5_000 } })
    await expect(buy([lot], 4_000)).rejects.toMatchObject({
      problem: { code: 'market_refused', facts: { lots: [{ version: 2, priceKopecks: 5_000 }] } },
    })
    const quoted = await buyer.call(market.quote, { body: { lineId: buyerLine, want: { lotId: lot.id } } })
    expect(quoted).toMatchObject({ totalKopecks: 5_000, obstacles: [], needs: 'nothing' })
    const bought = await buy(quoted.lots, quoted.totalKopecks)
    const [deal] = bought.deals
    expect(
      await buyer.call(market.listMyDeals, { query: { line: buyerLine, side: 'bought' } }),
    ).toMatchObject({
      items: [{ id: deal?.id, units: 2, priceKopecks: 5_000 }],
    })
    expect(
      await seller.call(market.getMyDeal, { params: { id: deal?.id ?? '' }, query: { line: sellerLine } }),
    ).toMatchObject({ side: 'sold', feeKopecks: 250 })
    expect((await book(2)).lots).toEqual([])
    await eventually(async () => {
      const { entries } = await seller.call(my.readMyTimeline)
      return entries.find(({ market: what }) => what?.event === 'sold')
    })
    const { entries } = await buyer.call(my.readMyTimeline)
    expect(entries.find(({ market: what }) => what?.event === 'bought')?.market).toMatchObject({
      kopecks: -5_000,
    })
  })

  test('the name is shown as it was typed, as plain text, or not at all', async () => {
    const lot = await list({ units: 3, priceKopecks: 6_000, showName: true })
    const answer = await fetch(`${otklik.url}/api/v1/my/market/book?type=data&units=3`, {
      headers: buyer.headers,
    })
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(((await answer.json()) as MarketBook).lots[0]?.sellerName).toBe(NAME.slice(0, 30))
    const hidden = await seller.call(market.changeLot, {
      params: { id: lot.id },
      body: { version: 1, showName: false },
    })
    expect(hidden).toMatchObject({ version: 1, sellerName: null })
    await seller.call(market.withdrawLot, { params: { id: lot.id } })
  })

  test('a screen that watches gets the page as it is and whenever it changes', async () => {
    const pages: MarketBook[] = []
    const socket = new WebSocket(`${otklik.url.replace('http', 'ws')}/realtime?as=my`, {
      headers: { cookie: buyer.cookie, origin: otklik.url },
    })
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as ServerFrame
      if (frame.type === 'market-book') pages.push(frame.book)
    })
    await new Promise((resolve) => socket.once('open', resolve))
    socket.send(JSON.stringify({ type: 'market-watch', book: { type: 'data', units: 4 } }))
    await eventually(async () => pages[0])
    expect(pages[0]?.lots).toEqual([])
    const lot = await list({ units: 4, priceKopecks: 8_000 })
    await eventually(async () => pages.find(({ lots }) => lots.some(({ id }) => id === lot.id)))
    await seller.call(market.withdrawLot, { params: { id: lot.id } })
    await eventually(async () => (pages.at(-1)?.lots.length === 0 ? true : undefined))
    socket.close()
  })
})

describe('bad input', () => {
  const BAD: readonly (readonly [string, Record<string, unknown>])[] = [
    ['a fraction of a unit', { units: 1.5 }],
    ['nothing', { units: 0 }],
    ['less than nothing', { units: -3 }],
    ['more than can be counted', { units: 2 ** 63 }],
    ['an unknown unit', { type: 'water' }],
    ['a price of nothing', { priceKopecks: 0 }],
    ['a negative price', { priceKopecks: -4_000 }],
    ['half a kopeck', { priceKopecks: 4_000.5 }],
    ['a price without end', { priceKopecks: 2 ** 63 }],
    ['four moods', { moods: ['cat', 'cool', 'rich', 'bomb'] }],
    ['a mood twice', { moods: ['cat', 'cat'] }],
    ['an unknown mood', { moods: ['<b>'] }],
    ['no id', { id: 'first' }],
  ]
  test.each(BAD)('%s is not listed', async (_, more) => {
    await expect(list(more)).rejects.toEqual(refusedWith(400, 'invalid_request'))
  })

  test('somebody else’s line is no line, somebody else’s lot is no lot', async () => {
    await expect(list({}, buyer)).rejects.toEqual(refusedWith(404, 'not_found'))
    const lot = await list({ units: 5, priceKopecks: 10_000 })
    const params = { id: lot.id }
    const calls = [
      () => buyer.call(market.withdrawLot, { params }),
      () => buyer.call(market.changeLot, { params, body: { version: 1, priceKopecks: 9_000 } }),
      () => buyer.call(market.raiseLot, { params, body: { id: uuid(), kopecks: 500 } }),
      () => buyer.call(market.listMyLots, { query: { line: sellerLine } }),
    ]
    for (const call of calls) await expect(call()).rejects.toEqual(refusedWith(404, 'not_found'))
    await seller.call(market.withdrawLot, { params })
  })

  test('a purchase under the same key answers as the first time, and with another body is refused', async () => {
    const [one, other] = [
      await list({ units: 6, priceKopecks: 12_000 }),
      await list({ units: 6, priceKopecks: 12_000 }),
    ]
    const id = uuid()
    const first = await buy([one], 12_000, { id })
    expect(await buy([one], 12_000, { id })).toEqual(first)
    await expect(buy([other], 12_000, { id })).rejects.toEqual(refusedWith(409, 'idempotency_key_reused'))
    await expect(buy([other], 11_999)).rejects.toEqual(refusedWith(409, 'market_refused', 'total'))
    await expect(buy([other, other], 24_000)).rejects.toEqual(refusedWith(400, 'invalid_request'))
    await expect(buy([{ id: uuid(), version: 1 }], 1)).rejects.toEqual(
      refusedWith(409, 'market_refused', 'lot-gone'),
    )
    await seller.call(market.withdrawLot, { params: { id: other.id } })
  })

  test('without a fresh code nobody buys for much', async () => {
    const { rules, version } = await admin.call(marketConsole.getMarketRules)
    const dear = { ...rules, freshCodeFromKopecks: 10_000 }
    await admin.call(marketConsole.publishMarketRules, { body: { basedOn: version, rules: dear } })
    await expect(
      admin.call(marketConsole.publishMarketRules, { body: { basedOn: version, rules } }),
    ).rejects.toEqual(refusedWith(409, 'conflict'))
    const lot = await list({ units: 5, priceKopecks: 10_000 })
    // Half an hour after they signed in.
    await rows(otklik.db, sql`update my.session set fresh_until = null`)
    await expect(buy([lot], 10_000)).rejects.toEqual(refusedWith(403, 'fresh_code_required'))
    await seller.call(market.withdrawLot, { params: { id: lot.id } })
    await admin.call(marketConsole.publishMarketRules, { body: { basedOn: version + 1, rules } })
  })
})

describe('the operator looks after it', () => {
  test('a frozen seller’s lots are hidden and not sold; it stands in the audit', async () => {
    const lot = await list({ units: 1, priceKopecks: 2_000 })
    const { items } = await irina.call(marketConsole.listMarketLots, { query: { line: sellerLine } })
    const sellerId = items[0]?.sellerId ?? ''
    expect(items[0]?.msisdn).not.toContain('0101')
    const freeze = (frozen: boolean) =>
      irina.call(marketConsole.freezeTrader, {
        params: { id: sellerId },
        body: { frozen, reason: 'Похоже на робота' },
      })
    await freeze(true)
    expect((await book(1)).lots).toEqual([])
    await expect(buy([lot], 2_000)).rejects.toEqual(refusedWith(409, 'market_refused', 'frozen'))
    await expect(list()).rejects.toEqual(refusedWith(409, 'market_refused', 'frozen'))
    expect(await irina.call(marketConsole.getMarketOverview)).toMatchObject({
      frozenLots: 1,
      frozenSellers: 1,
      watched: [{ id: sellerId, name: `${NAME} Ветрова`, frozen: { reason: 'Похоже на робота' } }],
    })
    const { items: changes } = await irina.call(marketConsole.listMarketChanges, {
      query: { trader: sellerId },
    })
    expect(changes).toMatchObject([
      { act: 'trader.frozen', actor: 'Ирина Ковалёва', after: { reason: 'Похоже на робота' } },
    ])
    await freeze(false)
    expect((await book(1)).lots).toHaveLength(1)
    const onSale = await irina.call(marketConsole.readMarketBook, { query: { type: 'data', units: 1 } })
    expect(onSale.items).toMatchObject([{ id: lot.id, sellerId, frozen: false }])
    const returned = await irina.call(marketConsole.returnLot, {
      params: { id: lot.id },
      body: { reason: 'Проверка' },
    })
    expect(returned).toMatchObject({ state: 'returned', returned: 'operator' })
    const all = await irina.call(marketConsole.listMarketChanges, { query: { limit: 3 } })
    expect(all.items.map(({ act }) => act)).toEqual([
      'market-lot.returned',
      'trader.unfrozen',
      'trader.frozen',
    ])
    const older = await irina.call(marketConsole.listMarketChanges, { query: { after: all.next ?? '' } })
    expect(older.items.map(({ act }) => act)).toContain('market-rules.published')
    const ofLot = await irina.call(marketConsole.listMarketChanges, { query: { lot: lot.id } })
    expect(ofLot.items).toMatchObject([{ act: 'market-lot.returned', after: { reason: 'Проверка' } }])
  })

  test('somebody is found by a number of theirs; numbers are masked, agents find nobody', async () => {
    const ask = { query: { msisdn: '79000000101' } }
    const found = await irina.call(marketConsole.findTrader, ask)
    expect(found).toMatchObject({ name: `${NAME} Ветрова`, numbers: [{ lineId: sellerLine }] })
    expect(found.numbers[0]?.msisdn).not.toContain('0101')
    await expect(irina.call(marketConsole.findTrader, { query: { msisdn: '79000000999' } })).rejects.toEqual(
      refusedWith(404, 'not_found'),
    )
    await expect(anna.call(marketConsole.findTrader, ask)).rejects.toEqual(refusedWith(403, 'forbidden'))
    const { hours, types } = await irina.call(marketConsole.getMarketOverview)
    expect(hours).toHaveLength(24)
    const sold = hours.reduce((sum, { deals }) => sum + deals, 0)
    expect(sold).toBe(types.reduce((sum, { dealsToday }) => sum + dealsToday, 0))
  })

  test('a screen of who looks after the Market follows the book, an agent’s does not', async () => {
    const pagesOf = async (who: Caller) => {
      const pages: MarketBook[] = []
      const socket = new WebSocket(`${otklik.url.replace('http', 'ws')}/realtime`, {
        headers: { cookie: who.headers.cookie ?? '', origin: otklik.url },
      })
      socket.on('message', (data) => {
        const frame = JSON.parse(String(data)) as ServerFrame
        if (frame.type === 'market-book') pages.push(frame.book)
      })
      await new Promise((resolve) => socket.once('open', resolve))
      socket.send(JSON.stringify({ type: 'market-watch', book: { type: 'data', units: 7 } }))
      return { pages, socket }
    }
    const [boss, agent] = [await pagesOf(irina), await pagesOf(anna)]
    const lot = await list({ units: 7, priceKopecks: 14_000 })
    await eventually(async () => boss.pages.find(({ lots }) => lots.some(({ id }) => id === lot.id)))
    expect(agent.pages).toEqual([])
    await seller.call(market.withdrawLot, { params: { id: lot.id } })
    boss.socket.close()
    agent.socket.close()
  })

  test('one tap opens a conversation with the deal; an agent takes it back within the limit, another approves above it', async () => {
    const lot = await list({ units: 5, priceKopecks: 25_000 })
    const [deal] = (await buy([lot], 25_000)).deals
    const dealId = deal?.id ?? ''
    const dispute = {
      params: { id: dealId },
      body: { id: uuid(), lineId: buyerLine, words: 'Не пришли гигабайты' },
    }
    const { conversationNumber } = await buyer.call(market.disputeDeal, dispute)
    expect(await buyer.call(market.disputeDeal, dispute)).toEqual({ conversationNumber })
    const conversation = await eventually(async () => {
      const { items } = await anna.call(conversations.listConversations, { query: { view: 'all' } })
      return items.find(({ number }) => number === conversationNumber)
    })
    await anna.call(conversations.claimConversation, { params: { id: conversation.id } })
    const before = (await buyer.call(my.getMyHome)).balanceKopecks
    const place = (who: Caller, amountKopecks: number) =>
      who.call(orders.placeOrder, {
        params: { id: buyerLine },
        body: { id: uuid(), request: { kind: 'reverse-deal', dealId, amountKopecks, reason: 'Ошибка сети' } },
      })
    const atDesk = (id: string) =>
      anna.call(marketConsole.getDealOfLine, { params: { id: buyerLine, dealId: id } })
    expect(await atDesk(dealId)).toMatchObject({
      reversal: { maxKopecks: 25_000, unusedUnits: 5, obstacle: null },
      order: null,
    })
    await expect(place(anna, 25_001)).rejects.toEqual(refusedWith(409, 'order_refused'))
    expect(await place(anna, 25_000)).toMatchObject({ state: 'done' })
    expect((await buyer.call(my.getMyHome)).balanceKopecks).toBe(before + 25_000)
    await expect(place(anna, 25_000)).rejects.toEqual(refusedWith(409, 'order_refused'))
    expect(await atDesk(dealId)).toMatchObject({
      reversal: { maxKopecks: 0, obstacle: 'already' },
      order: { state: 'done' },
    })
    const { items } = await anna.call(marketConsole.listDealsOfLine, {
      params: { id: buyerLine },
      query: { side: 'bought' },
    })
    expect(items[0]).toMatchObject({ id: dealId, reversed: { kopecks: 25_000 } })
    const dear = await list({ type: 'voice', units: 300, priceKopecks: 55_000 })
    const [large] = (await buy([dear], 55_000)).deals
    const ordered = await anna.call(orders.placeOrder, {
      params: { id: buyerLine },
      body: {
        id: uuid(),
        request: { kind: 'reverse-deal', dealId: large?.id, amountKopecks: 55_000, reason: 'Ошибка сети' },
      },
    })
    expect(ordered.state).toBe('approval')
    expect(await atDesk(large?.id ?? '')).toMatchObject({
      reversal: { obstacle: null },
      order: { id: ordered.id, state: 'approval' },
    })
    const again = { kind: 'reverse-deal', dealId: large?.id, amountKopecks: 1_000, reason: 'Ошибка сети' }
    await expect(
      anna.call(orders.placeOrder, { params: { id: buyerLine }, body: { id: uuid(), request: again } }),
    ).rejects.toEqual(refusedWith(409, 'order_refused'))
    const [newest] = (await irina.call(marketConsole.listMarketDeals)).items
    expect(newest).toMatchObject({ id: large?.id, waits: true })
    expect(newest?.buyerMsisdn).not.toContain('0102')
    const decided = await irina.call(orders.decideOrder, {
      params: { id: ordered.id },
      body: { approve: true, reason: 'Проверила' },
    })
    expect(decided.state).toBe('done')
  })

  test('a deal is taken back on the seller’s line as well: both sides are told, and what it costs the seller is said before', async () => {
    const lot = await list({ units: 5, priceKopecks: 20_000 })
    const [deal] = (await buy([lot], 20_000)).deals
    const dealId = deal?.id ?? ''
    const dispute = { id: uuid(), lineId: sellerLine, words: 'Продал по ошибке' }
    const { conversationNumber } = await seller.call(market.disputeDeal, {
      params: { id: dealId },
      body: dispute,
    })
    const conversation = await eventually(async () => {
      const { items } = await anna.call(conversations.listConversations, { query: { view: 'all' } })
      return items.find(({ number }) => number === conversationNumber)
    })
    await anna.call(conversations.claimConversation, { params: { id: conversation.id } })
    expect(
      await anna.call(marketConsole.getDealOfLine, { params: { id: sellerLine, dealId } }),
    ).toMatchObject({ side: 'sold', reversal: { maxKopecks: 20_000, unusedUnits: 5, obstacle: null } })
    const request = { kind: 'reverse-deal', dealId, amountKopecks: 20_000, reason: 'Продал по ошибке' }
    const preview = await anna.call(orders.previewOrder, { params: { id: sellerLine }, body: { request } })
    expect(preview.effects).toMatchObject([
      { effect: 'charge-now', kopecks: 19_000, for: 'reverse-deal' },
      { effect: 'gain', type: 'data', amount: 5 * 1024 ** 3 },
    ])
    const before = (await buyer.call(my.getMyHome)).balanceKopecks
    const ask = (lineId: string) =>
      anna.call(orders.placeOrder, { params: { id: lineId }, body: { id: uuid(), request } })
    expect(await ask(sellerLine)).toMatchObject({ state: 'done', lineId: sellerLine })
    expect((await buyer.call(my.getMyHome)).balanceKopecks).toBe(before + 20_000)
    await expect(ask(buyerLine)).rejects.toEqual(refusedWith(409, 'order_refused'))
  })
})
