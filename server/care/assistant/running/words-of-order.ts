import type { FlowWords } from '../../../../contracts/flows.ts'
import type { OrderEffect, OrderRequest } from '../../../../contracts/orders.ts'
import type { Locale } from '../../../../contracts/primitives.ts'
import { sayMoney } from '../engine/index.ts'
import { sayDay, sayVolume } from './words-of-line.ts'

const words = (ru: string, en: string): FlowWords => ({ ru, en })

const WARNINGS: Readonly<Record<string, FlowWords>> = {
  'no-way-back': words('Вернуться потом будет нельзя.', 'There will be no way back.'),
  'money-not-returned': words('Списанное раньше не вернётся.', 'What was charged before does not come back.'),
  'discount-lost': words('Пропадёт скидка.', 'A discount will be lost.'),
  'outgoing-stops': words(
    'Исходящие звонки и интернет остановятся.',
    'Outgoing calls and the internet will stop.',
  ),
  'lots-return': words('Лоты вернутся с Маркета.', 'Lots come back from the Market.'),
  'access-given': words(
    'Баланс номера увидит ещё один человек.',
    'One more person will see the balance of the number.',
  ),
  'access-ends': words('Доступ к номеру закроется сразу.', 'Access to the number ends at once.'),
  'month-limit-spent': words(
    'Столько в этом месяце уже потрачено: связь сверх пакетов, услуги и подписки остановятся до следующего.',
    'That much is spent this month already: what is beyond packages, services and subscriptions stop until the next one.',
  ),
  'day-limit-spent': words(
    'Столько сегодня в поездке уже потрачено: связь сверх пакетов остановится до завтра.',
    'That much is spent abroad today already: what is beyond packages stops until tomorrow.',
  ),
}

const CONFLICTS: Readonly<Record<string, FlowWords>> = {
  requires: words('сначала нужно подключить другую услугу.', 'another service is needed first.'),
  excludes: words('не совмещается с тем, что уже подключено.', 'it does not go with what is connected.'),
  already: words('это уже сделано.', 'it is so already.'),
  'not-connected': words('это не подключено.', 'it is not connected.'),
  'not-offered': words('этого сейчас не предлагают.', 'it is not offered now.'),
  balance: words('на счёте не хватает денег.', 'there is not enough money.'),
  'content-banned': words('платные подписки запрещены.', 'paid subscriptions are banned.'),
  limit: words('это больше, чем можно.', 'it is more than is allowed.'),
  'line-state': words(
    'номер сейчас в таком состоянии, что этого сделать нельзя.',
    'the number is in a state that does not allow it.',
  ),
  debt: words(
    'сначала нужно вернуть прошлый обещанный платёж.',
    'the last promised payment must be repaid first.',
  ),
  'too-early': words('номеру ещё слишком мало дней.', 'the number is too new.'),
  'own-number': words('это ваш же номер.', 'this is your own number.'),
  'unknown-number': words('такого номера у нас нет.', 'we do not have such a number.'),
  age: words('это не для детского номера.', 'it is not for a child’s number.'),
}

/** Why something cannot be done, by what forbids it. */
export function sayConflicts(effects: readonly OrderEffect[]): FlowWords {
  const [conflict] = effects.flatMap((one) => (one.effect === 'conflict' ? [one.conflict] : []))
  return (
    (conflict !== undefined && CONFLICTS[conflict]) ||
    words('сейчас этого сделать нельзя.', 'it cannot be done now.')
  )
}

const ACTS: Readonly<Record<string, FlowWords>> = {
  'connect-option': words('Подключу.', 'I will switch it on.'),
  'disconnect-option': words('Отключу.', 'I will switch it off.'),
  'stop-content': words('Отключу подписку.', 'I will stop the subscription.'),
  'stop-all-content': words('Отключу все платные подписки.', 'I will stop all paid subscriptions.'),
  'ban-content': words(
    'Отключу платные подписки и запрещу новые.',
    'I will stop paid subscriptions and ban new ones.',
  ),
  'change-tariff': words('Сменю тариф.', 'I will change the tariff.'),
  'promised-payment': words('Дам обещанный платёж.', 'I will give a promised payment.'),
  'block-line': words('Заблокирую номер.', 'I will block the number.'),
  'unblock-line': words('Разблокирую номер.', 'I will unblock the number.'),
  'send-settings': words('Пришлю настройки по SMS.', 'I will send the settings by SMS.'),
}

const EVERY: Readonly<Record<string, FlowWords>> = {
  daily: words(' в день', ' a day'),
  weekly: words(' в неделю', ' a week'),
  monthly: words(' в месяц', ' a month'),
}

/** Where the line is, and what is connected to it, by code. */
export interface LineTerms {
  readonly timeZone: string
  readonly titles: ReadonlyMap<string, FlowWords>
}

/** What an order would do, said before it is confirmed. */
export function sayEffects(
  request: OrderRequest,
  effects: readonly OrderEffect[],
  terms: LineTerms,
): FlowWords {
  const said = (locale: Locale) =>
    // What several services have in common is said once.
    [...new Set([ACTS[request.kind]?.[locale], ...effects.map((one) => sayEffect(one, terms, locale))])]
      .filter((part) => part !== undefined)
      .join(' ')
  return { ru: said('ru'), en: said('en') }
}

function sayEffect(effect: OrderEffect, { timeZone, titles }: LineTerms, locale: Locale): string | undefined {
  const ru = locale === 'ru'
  switch (effect.effect) {
    case 'charge-now': {
      const money = sayMoney(effect.kopecks, locale)
      return ru ? `Сейчас спишется ${money}.` : `${money} will be charged now.`
    }
    case 'charge-later': {
      const [money, day] = [sayMoney(effect.kopecks, locale), sayDay(effect.at, timeZone, locale)]
      return ru ? `${day} спишется ${money}.` : `${money} will be charged on ${day}.`
    }
    case 'charge-ends': {
      const money = sayMoney(effect.kopecks, locale)
      const every = EVERY[effect.every]?.[locale] ?? ''
      return ru
        ? `Больше не будет списываться по ${money}${every}.`
        : `${money}${every} will not be charged any more.`
    }
    case 'receive-money': {
      const money = sayMoney(effect.kopecks, locale)
      return ru ? `На счёт придёт ${money}.` : `${money} will come to the account.`
    }
    case 'gain': {
      const amount = effect.amount === null ? '∞' : sayVolume(effect.type, effect.amount, locale)
      return ru ? `Добавится: ${amount}.` : `You get: ${amount}.`
    }
    case 'lose': {
      const amount = sayVolume(effect.type, effect.amount, locale)
      return ru ? `Пропадёт: ${amount}.` : `You lose: ${amount}.`
    }
    case 'warning':
      return WARNINGS[effect.warning]?.[locale]
    case 'disconnects':
      return sayGone(titles.get(effect.code), locale)
    case 'conflict':
      return undefined
  }
}

function sayGone(title: FlowWords | undefined, locale: Locale): string {
  if (!title)
    return locale === 'ru' ? 'Вместе с этим отключится ещё одна услуга.' : 'Another service goes off with it.'
  return locale === 'ru' ? `Вместе с этим отключится «${title.ru}».` : `“${title.en}” goes off with it.`
}
