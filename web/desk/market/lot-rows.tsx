import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ConsoleLot } from '../../../contracts/market.ts'
import { formatDay, formatMoment, formatPhone } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { type LotAct, LotDialog } from './lot-dialogs.tsx'
import { LotMenu } from './lot-menu.tsx'
import styles from './market.module.css'
import { lotText, unitPriceText } from './market-words.ts'

interface Props {
  readonly lots: readonly ConsoleLot[]
  /** On their own page nobody needs a link to themselves. */
  readonly ofOneSeller?: boolean
}

/** Lots as the staff see them: size and price, whose, since when, how they stand; what can be done with each. */
export function LotRows({ lots, ofOneSeller = false }: Props) {
  const { t } = useWords()
  const [asked, ask] = useState<{ readonly lot: ConsoleLot; readonly act: LotAct }>()
  return (
    <>
      <div className={`${styles.row} ${styles.heads}`} data-of="lot" aria-hidden>
        {(['what', 'unit', 'who', 'when', 'state'] as const).map((column) => (
          <span key={column}>{t(`market.lots.column.${column}`)}</span>
        ))}
      </div>
      <ul className={styles.rows}>
        {lots.map((lot) => (
          <LotRow key={lot.id} lot={lot} linksSeller={!ofOneSeller} ask={(act) => ask({ lot, act })} />
        ))}
      </ul>
      {asked && <LotDialog {...asked} close={() => ask(undefined)} />}
    </>
  )
}

interface RowProps {
  readonly lot: ConsoleLot
  readonly linksSeller: boolean
  readonly ask: (act: LotAct) => void
}

function LotRow({ lot, linksSeller, ask }: RowProps) {
  const { t, locale } = useWords()
  const { sellerId, sellerName, msisdn, house, listedAt, endsAt, closedAt, state } = lot
  const number = formatPhone(msisdn)
  return (
    <li className={styles.row} data-of="lot">
      <span className={styles.what}>{lotText(lot, t, locale)}</span>
      <span className={styles.dim}>{unitPriceText(lot, t, locale)}</span>
      <span className={styles.who}>
        {linksSeller ? (
          <Link to="/market/traders/$traderId" params={{ traderId: sellerId }}>
            {number}
          </Link>
        ) : (
          number
        )}
        <span className={styles.dim}> {sellerName ?? t('market.lots.hidden')}</span>
        {house && <span className={styles.mark}>{t('market.lots.house')}</span>}
      </span>
      <span className={`${styles.dim} ${styles.when}`}>
        {formatMoment(listedAt, locale)}
        {state === 'active' && ` · ${t('market.lots.until', { day: formatDay(endsAt, locale) })}`}
        {closedAt && ` → ${formatMoment(closedAt, locale)}`}
      </span>
      <LotState lot={lot} />
      <LotMenu lot={lot} ask={ask} />
    </li>
  )
}

function LotState({ lot: { state, returned, frozen, frozenFor, raised } }: { lot: ConsoleLot }) {
  const { t } = useWords()
  if (state === 'active' && frozen)
    return (
      <span className={styles.marks}>
        <span className={styles.mark} data-tone="amber">
          {frozenFor === null
            ? t('market.lots.frozenWithSeller')
            : t('market.lots.frozenFor', { reason: frozenFor })}
        </span>
      </span>
    )
  return (
    <span className={styles.marks}>
      <span className={styles.dim}>
        {t(`market.lots.state.${state}`)}
        {returned && `: ${t(`market.lots.returnedFor.${returned}`)}`}
      </span>
      {state === 'active' && raised && <span className={styles.mark}>{t('market.lots.raised')}</span>}
    </span>
  )
}
