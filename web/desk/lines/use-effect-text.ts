import type { OrderEffect } from '../../../contracts/orders.ts'
import { formatDay, formatMoney, formatVolume } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { useNames } from './use-names.ts'

type Conflict = Extract<OrderEffect, { effect: 'conflict' }>

const EVERY = ['once', 'daily', 'weekly', 'monthly', 'month', '30-days'] as const
const WHAT = ['tariff-change', 'transfer', 'transfer-fee', 'refund-top-up', 'reverse-deal'] as const
const STATES = ['active', 'suspended', 'blocked', 'ended'] as const
const among = <T extends string>(all: readonly T[], one: string | null): T | undefined =>
  all.find((name) => name === one)

/** Says what an order would do, and why it cannot be done, in words for an agent. */
export function useEffectText(): (effect: OrderEffect) => string {
  const { t, locale } = useWords()
  const nameOf = useNames()
  const money = (kopecks: unknown) => formatMoney(Number(kopecks ?? 0), locale)
  const day = (at: string) => formatDay(at, locale)
  const every = (code: string) => t(`orderSheet.every.${among(EVERY, code) ?? 'monthly'}`)

  const conflictText = ({ conflict, about, facts }: Conflict): string => {
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

  return (effect) => {
    switch (effect.effect) {
      case 'charge-now': {
        const special = among(WHAT, effect.for)
        return special
          ? t('orderSheet.effect.chargeNowFor', {
              money: money(effect.kopecks),
              what: t(`orderSheet.what.${special}`),
            })
          : t('orderSheet.effect.chargeNow', { money: money(effect.kopecks) })
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
        const amount =
          effect.amount === null ? t('lines.unlimited') : formatVolume(effect.type, effect.amount, locale)
        const what = `${t(`lines.type.${effect.type}`)} ${amount}`
        return effect.until === null
          ? t('orderSheet.effect.gain', { what })
          : t('orderSheet.effect.gainUntil', { what, day: day(effect.until) })
      }
      case 'lose':
        return t('orderSheet.effect.lose', {
          what: `${t(`lines.type.${effect.type}`)} ${formatVolume(effect.type, effect.amount, locale)}`,
        })
      case 'disconnects':
        return t('orderSheet.effect.disconnects', { name: nameOf(effect.code) })
      case 'warning':
        return t(`orderSheet.warning.${effect.warning}`)
      case 'conflict':
        return conflictText(effect)
    }
  }
}
