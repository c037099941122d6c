import type { TFunction } from 'i18next'
import type { Locale } from '../../../../contracts/primitives.ts'
import { formatMoney, formatShare } from '../../../shared/format/index.ts'
import { sizeOf } from '../market-words.ts'
import { kindOf, type PlainPath, type RulePath, typeOfPath, type Value } from './rule-fields.ts'
import type { Fault } from './rules-draft.ts'

/** How a figure is called, with its type where several have one of the same name. */
export function ruleName(path: RulePath, t: TFunction): string {
  const ofType = typeOfPath(path)
  if (!ofType) return t(`market.rules.field.${path as PlainPath}`)
  return t('market.rules.ofType', {
    type: t(`market.type.${ofType.type}`),
    field: t(`market.rules.field.${ofType.name}`).toLocaleLowerCase(),
  })
}

/** A figure in words: 5 %, 30 дн., 15 ₽. */
export function sayValue(path: RulePath, value: Value, t: TFunction, locale: Locale): string {
  const kind = kindOf(path)
  if (typeof value === 'boolean') return t(value ? 'market.rules.yes' : 'market.rules.no')
  if (typeof value !== 'number') return value.length === 0 ? t('market.rules.nobody') : value.join(', ')
  if (kind.kind === 'money') return formatMoney(value, locale)
  if (kind.kind === 'percent') return formatShare(value / 10_000, locale, 2)
  if (kind.kind === 'units') return sizeOf(kind.type, value, locale)
  const number = value.toLocaleString(locale)
  return kind.kind === 'time' ? `${number}\u00a0${t(`market.rules.unit.${kind.unit}`)}` : number
}

/** What is wrong with a figure, in words. */
export function sayFault({ path, fault, bound }: Fault, t: TFunction, locale: Locale): string {
  const told = bound === undefined ? '' : sayValue(path, bound, t, locale)
  return t(`market.rules.issue.${fault}`, { min: told, max: told })
}
