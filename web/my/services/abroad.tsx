import { useState } from 'preact/hooks'
import type { Offering, ZoneTerms } from '../../../contracts/catalogue.ts'
import { countries, countryName, formatMoney, formatVolume } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { useZones } from '../data/lines.ts'
import parts from '../parts/parts.module.css'
import { OptionRow } from './option-row.tsx'
import styles from './services.module.css'

interface Props {
  readonly lineId: string
  /** What may be connected. */
  readonly available: readonly Offering[]
  readonly nameOf: (code: string) => string
}

const TYPES = ['data', 'voice', 'sms'] as const

/** What a megabyte, a minute and a message cost in a country, and which packs make it cheaper. Nothing where no prices are known. */
export function Abroad({ lineId, available, nameOf }: Props) {
  const { w, locale } = useWords()
  const { value: zones } = useZones()
  const [country, setCountry] = useState('')
  if (!zones || zones.length === 0) return null
  const packs = available.filter(
    ({ terms }) =>
      terms.kind === 'option' && terms.category === 'roaming' && terms.countries.includes(country),
  )
  return (
    <section class={parts.card} aria-labelledby="abroad">
      <h2 id="abroad">{w.services.abroad.title}</h2>
      <label class={parts.field}>
        <span>{w.services.abroad.country}</span>
        <select
          class={parts.input}
          value={country}
          onChange={(event) => setCountry(event.currentTarget.value)}
        >
          <option value="">{w.services.abroad.choose}</option>
          {places(zones, locale).map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {country !== '' && <Prices rates={ratesIn(zones, country)} place={countryName(country, locale)} />}
      {packs.length > 0 && <p class={styles.note}>{w.services.abroad.packs}</p>}
      <ul class={parts.list}>
        {packs.map((one) => (
          <OptionRow key={one.id} lineId={lineId} offering={one} nameOf={nameOf} />
        ))}
      </ul>
    </section>
  )
}

function Prices({ rates, place }: { readonly rates: ZoneTerms['rates']; readonly place: string }) {
  const { w, locale } = useWords()
  const words = w.services.abroad
  return (
    <dl class={styles.prices} aria-label={words.pricesIn(place)} aria-live="polite">
      {TYPES.map((type) => {
        const rate = rates.find((one) => one.type === type)
        return (
          <div key={type}>
            <dt>{words.type[type]}</dt>
            <dd class="tabular">
              {rate && rate.kopecks > 0
                ? words.per(formatMoney(rate.kopecks, locale), formatVolume(type, rate.step, locale))
                : w.services.free}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

/** Every country where a price is known: those of the zones, or all if one is for everywhere else. */
function places(zones: readonly ZoneTerms[], locale: 'ru' | 'en') {
  const all = countries(locale).filter(({ value }) => value !== HOME)
  if (zones.some(({ countries: named }) => named.length === 0)) return all
  const named = new Set(zones.flatMap((zone) => zone.countries))
  return all.filter(({ value }) => named.has(value))
}

/** Nobody travels to where they are at home. */
const HOME = 'RU'

const ratesIn = (zones: readonly ZoneTerms[], country: string): ZoneTerms['rates'] =>
  (
    zones.find(({ countries: named }) => named.includes(country)) ??
    zones.find(({ countries: named }) => named.length === 0)
  )?.rates ?? []
