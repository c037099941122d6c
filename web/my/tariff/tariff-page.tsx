import { useState } from 'preact/hooks'
import type { Offering } from '../../../contracts/catalogue.ts'
import type { TariffComparison } from '../../../contracts/lines.ts'
import { formatMoney, formatPair, formatVolume } from '../../shared/format/index.ts'
import type { PageProps } from '../app/page-props.ts'
import { useWords } from '../app/words.ts'
import { useHome, useTariffs } from '../data/lines.ts'
import { OrderSheet } from '../orders/order-sheet.tsx'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { Shown } from '../parts/states.tsx'
import styles from './tariff.module.css'

type Compared = TariffComparison['tariffs'][number]

/** Tariffs by what the person’s own use would have cost, the cheapest for them first. */
export function TariffPage({ line }: PageProps) {
  const { w } = useWords()
  const [chosen, setChosen] = useState<Compared>()
  const next = useHome(line.id).value?.nextTariff ?? null
  const isOwner = line.role === 'owner'
  return (
    <>
      <h1>{w.tariff.title}</h1>
      <Shown reading={useTariffs(line.id)}>
        {({ months, tariffs }) => (
          <>
            <p class={styles.note}>{months > 0 ? w.tariff.yours(months) : w.tariff.noUsage}</p>
            {!isOwner && <p class={styles.note}>{w.tariff.ownerOnly}</p>}
            {tariffs.map((one) => (
              <Tariff
                key={one.offering.id}
                compared={one}
                known={months > 0}
                next={next}
                onChoose={isOwner ? () => setChosen(one) : undefined}
              />
            ))}
          </>
        )}
      </Shown>
      {chosen?.current && <StayOn lineId={line.id} compared={chosen} onClose={() => setChosen(undefined)} />}
      {chosen && !chosen.current && (
        <ChangeTariff lineId={line.id} compared={chosen} onClose={() => setChosen(undefined)} />
      )}
    </>
  )
}

interface TariffProps {
  readonly compared: Compared
  readonly known: boolean
  /** Ordered for the end of the period. */
  readonly next: Offering | null
  /** Undefined: only the owner changes it. */
  readonly onChoose: (() => void) | undefined
}

function Tariff({ compared, known, next, onChoose }: TariffProps) {
  const { w, locale } = useWords()
  const { offering, current, monthlyKopecks, fits } = compared
  const { terms } = offering
  if (terms.kind !== 'tariff') return null
  return (
    <section class={parts.card} data-current={current}>
      <header class={styles.head}>
        <h2>{terms.title[locale]}</h2>
        <b class="tabular">
          {formatMoney(terms.feeKopecks, locale)} {w.tariff.perPeriod[terms.period]}
        </b>
      </header>
      <p class={styles.note}>{terms.summary[locale]}</p>
      <ul class={styles.packages}>
        {terms.packages.map(({ type, amount }) => (
          <li key={type}>
            {amount === null ? w.volume.unlimited[type] : formatVolume(type, amount, locale)}
          </li>
        ))}
      </ul>
      {known && (
        <>
          <p>{w.tariff.average(formatMoney(monthlyKopecks, locale))}</p>
          <ul class={styles.fits}>
            {fits.map(({ type, used, included }) => (
              <li key={type}>
                {w.home.type[type]}:{' '}
                {w.tariff.uses(
                  ...formatPair(
                    formatVolume(type, used, locale),
                    included === null ? w.home.unlimited : formatVolume(type, included, locale),
                  ),
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {current && <p class={styles.current}>{w.tariff.now}</p>}
      {next?.terms.code === terms.code && <p class={styles.current}>{w.tariff.next}</p>}
      {onChoose && (current ? next !== null : true) && (
        <Button
          look="soft"
          aria-label={`${current ? w.tariff.stay : w.tariff.choose}: ${terms.title[locale]}`}
          onClick={onChoose}
        >
          {current ? w.tariff.stay : w.tariff.choose}
        </Button>
      )}
    </section>
  )
}

interface SheetProps {
  readonly lineId: string
  readonly compared: Compared
  readonly onClose: () => void
}

/** Takes back a change that was ordered for the end of the period. */
function StayOn({ lineId, compared, onClose }: SheetProps) {
  const { w, locale } = useWords()
  const { code, title } = compared.offering.terms
  return (
    <OrderSheet
      lineId={lineId}
      request={{ kind: 'change-tariff', code, when: 'period-end' }}
      title={w.tariff.stayOn(title[locale])}
      confirm={w.tariff.stay}
      done={w.tariff.stays(title[locale])}
      nameOf={(other) => other}
      onClose={onClose}
    />
  )
}

function ChangeTariff({ lineId, compared, onClose }: SheetProps) {
  const { w, locale } = useWords()
  const [when, setWhen] = useState<'now' | 'period-end'>('period-end')
  const { code, title } = compared.offering.terms
  return (
    <OrderSheet
      key={when}
      lineId={lineId}
      request={{ kind: 'change-tariff', code, when }}
      title={w.tariff.changeTo(title[locale])}
      confirm={w.tariff.confirm}
      done={w.tariff.done(title[locale])}
      nameOf={(other) => other}
      onClose={onClose}
    >
      <fieldset class={styles.when}>
        <legend>{w.tariff.when}</legend>
        {(['period-end', 'now'] as const).map((one) => (
          <label key={one}>
            <input type="radio" name="when" checked={when === one} onChange={() => setWhen(one)} />
            {one === 'now' ? w.tariff.atOnce : w.tariff.atEnd}
          </label>
        ))}
      </fieldset>
    </OrderSheet>
  )
}
