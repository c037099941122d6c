import { IconAlertTriangle, IconArrowRight, IconBan } from '@tabler/icons-react'
import type { OrderEffect } from '../../../contracts/orders.ts'
import { useWords } from '../app/words.ts'
import styles from './lines.module.css'
import { useEffectText } from './use-effect-text.ts'

const FIRST: readonly OrderEffect['effect'][] = ['conflict', 'warning', 'charge-now', 'charge-later']
const weightOf = ({ effect }: OrderEffect): number =>
  (FIRST.indexOf(effect) + FIRST.length + 1) % (FIRST.length + 1)

const iconOf = (effect: OrderEffect['effect']) =>
  effect === 'conflict' ? IconBan : effect === 'warning' ? IconAlertTriangle : IconArrowRight

/** What an order does, line by line: first what is in the way, then what must be known, then money and volumes. */
export function Effects({ effects }: { effects: readonly OrderEffect[] }) {
  const { t } = useWords()
  const textOf = useEffectText()
  // One warning for several things is said once.
  const said = new Map(effects.map((effect) => [textOf(effect), effect]))
  const shown = [...said].sort(([, a], [, b]) => weightOf(a) - weightOf(b))
  return (
    <ul className={styles.effects}>
      {shown.map(([text, { effect }]) => {
        const Icon = iconOf(effect)
        return (
          <li key={text} data-effect={effect}>
            <Icon size={15} aria-hidden />
            <span>{text}</span>
          </li>
        )
      })}
      {shown.length === 0 && (
        <li>
          <IconArrowRight size={15} aria-hidden />
          <span>{t('orderSheet.nothing')}</span>
        </li>
      )}
    </ul>
  )
}
