import type { OrderEffect } from '../../../contracts/orders.ts'
import { formatDay, formatMoney, formatVolume } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { useNames } from './use-names.ts'

type Conflict = Extract<OrderEffect, { effect: 'conflict' }>
type VolumeType = Extract<OrderEffect, { effect: 'gain' }>['type']

const EVERY = ['once', 'daily', 'weekly', 'monthly', 'month', '30-days'] as const
const WHAT = ['tariff-change', 'transfer', 'transfer-fee', 'refund-top-up', 'reverse-deal'] as const
const STATES = ['active', 'suspended', 'blocked', 'ended'] as const
const among = <T extends string>(all: readonly T[], one: string | null): T | undefined =>
  all.find((name) => name === one)

type Say = ReturnType<typeof useSaying>

/** Says what an order would do, and why it cannot be done, in words for an agent. */
export function useEffectText(): (effect: OrderEffect) => string {
  const say = useSaying()
  return (effect) => effectText(say, effect)
}

function useSaying() {
  const { t, locale } = useWords()
  return {
    t,
    nameOf: useNames(),
    money: (kopecks: unknown) => formatMoney(Number(kopecks ?? 0), locale),
    day: (at: string) => formatDay(at, locale),
    every: (code: string) => t(`orderSheet.every.${among(EVERY, code) ?? 'monthly'}`),
    volume: (type: VolumeType, amount: number | null) =>
      `${t(`lines.type.${type}`)} ${amount === null ? t('lines.unlimited') : formatVolume(type, amount, locale)}`,
  }
}

function effectText(say: Say, effect: OrderEffect): string {
  const { t, nameOf, money, day, every, volume } = say
  switch (effect.effect) {
    case 'charge-now': {
      const special = among(WHAT, effect.for)
      const facts = { money: money(effect.kopecks) }
      return special
        ? t('orderSheet.effect.chargeNowFor', { ...facts, what: t(`orderSheet.what.${special}`) })
        : t('orderSheet.effect.chargeNow', facts)
    }
    case 'charge-later': {
      const facts = { money: money(effect.kopecks), day: day(effect.at) }
      return effect.every === null
        ? t('orderSheet.effect.chargeLater', facts)
        : t('orderSheet.effect.chargeLaterEvery', { ...facts, every: every(effect.every) })
    }
    case 'charge-ends':
      return t('orderSheet.effect.chargeEnds', {
        name: nameOf(effect.for),
        money: money(effect.kopecks),
        every: every(effect.every),
      })
    case 'receive-money':
      return t('orderSheet.effect.receive', { money: money(effect.kopecks) })
    case 'gain': {
      const what = volume(effect.type, effect.amount)
      return effect.until === null
        ? t('orderSheet.effect.gain', { what })
        : t('orderSheet.effect.gainUntil', { what, day: day(effect.until) })
    }
    case 'lose':
      return t('orderSheet.effect.lose', { what: volume(effect.type, effect.amount) })
    case 'disconnects':
      return t('orderSheet.effect.disconnects', { name: nameOf(effect.code) })
    case 'warning':
      return t(`orderSheet.warning.${effect.warning}`)
    case 'conflict':
      return conflictText(say, effect)
  }
}

function conflictText({ t, nameOf, money }: Say, { conflict, about, facts }: Conflict): string {
  switch (conflict) {
    case 'requires':
    case 'excludes':
      return t(`orderSheet.conflict.${conflict}`, { name: nameOf(about ?? '') })
    case 'balance':
      return t('orderSheet.conflict.balance', {
        money: money(facts?.kopecks),
        have: money(facts?.balanceKopecks),
      })
    case 'limit':
      return typeof facts?.maxKopecks === 'number'
        ? t('orderSheet.conflict.limitMax', { money: money(facts.maxKopecks) })
        : t('orderSheet.conflict.limit')
    case 'line-state':
      return t('orderSheet.conflict.line-state', {
        state: t(`lines.state.${among(STATES, about) ?? 'blocked'}`),
      })
    default:
      return t(`orderSheet.conflict.${conflict}`)
  }
}
