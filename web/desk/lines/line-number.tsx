import type { LineRef } from '../../../contracts/lines.ts'
import { formatPhone } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import card from '../person/card.module.css'
import { useRevealed } from '../person/revealed.ts'
import styles from './lines.module.css'

/** The number, masked until it is revealed, and whose it is. */
export function LineNumber({ line: { id, msisdn, role } }: { line: LineRef }) {
  const { t } = useWords()
  const revealed = useRevealed(id)
  return (
    <span className={styles.who}>
      <span className={revealed ? card.revealed : undefined}>{formatPhone(revealed ?? msisdn)}</span>
      <span className={styles.role}>{t(`lines.role.${role}`)}</span>
    </span>
  )
}
