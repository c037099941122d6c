import { findInForce, seedCatalogue } from '../../server/operator/catalogue/index.ts'
import { addParty, connectOffering, openLines } from '../../server/operator/lines/index.ts'
import { inTransaction } from '../../server/platform/database/index.ts'
import { aContent, aDiscount, anOption, aTariff } from './offerings.ts'
import type { TestOtklik } from './otklik.ts'

const named = (ru: string) => ({ title: { ru, en: ru } })

/** Two tariffs, an option, two paid subscriptions, a discount that nobody has yet. */
export function seedOfferings({ db, clock }: TestOtklik): Promise<boolean> {
  const offerings = [
    aTariff(named('Бриз')),
    aTariff({ ...named('Штиль'), code: 'calm', feeKopecks: 30_000 }),
    anOption(named('Ещё 5 ГБ')),
    aContent(named('Гороскоп')),
    aContent({ ...named('Кино'), code: 'cinema' }),
    aDiscount({ ...named('Пять лет вместе'), days: 30 }),
  ]
  return seedCatalogue(db, clock, offerings, 'Волна')
}

/** A line of our own operator with 2 000 ₽ to begin with and both paid subscriptions; `seedOfferings` first. Gives its id. */
export function anOperatorLine(
  { db, lines }: TestOtklik,
  { msisdn, name = 'Анна Ветрова' }: { msisdn: string; name?: string },
): Promise<string> {
  return inTransaction(db, async (tx) => {
    const tariff = await findInForce(tx, 'a-tariff')
    const partyId = await addParty(tx, lines, { kind: 'person', name })
    const opening = { kopecks: 200_000, from: 'payments:opening' }
    const place = { region: 'Москва', timeZone: 'Europe/Moscow' }
    const [id = ''] = await openLines(tx, lines, [
      { ...place, partyId, msisdn, tariffId: tariff?.id ?? '', opening },
    ])
    for (const code of ['a-content', 'cinema']) {
      const consent = { through: 'api', words: 'Да' }
      await connectOffering(tx, lines, { lineId: id, ref: code, code, consent })
    }
    return id
  })
}
