import { useState } from 'preact/hooks'
import { type Offering, OptionCategory } from '../../../contracts/catalogue.ts'
import type { LineServices } from '../../../contracts/lines.ts'
import { formatDay } from '../../shared/format/index.ts'
import type { PageProps } from '../app/page-props.ts'
import { useWords } from '../app/words.ts'
import { useServices } from '../data/lines.ts'
import { OpenOrders } from '../orders/open-orders-card.tsx'
import { SearchIcon } from '../parts/icons.tsx'
import parts from '../parts/parts.module.css'
import { Shown } from '../parts/states.tsx'
import { Abroad } from './abroad.tsx'
import { OptionRow } from './option-row.tsx'
import { PaidSubscriptions } from './paid-subscriptions.tsx'
import styles from './services.module.css'

/** What is switched on, what others charge for, what can be switched on. */
export function ServicesPage({ line }: PageProps) {
  const { w } = useWords()
  return (
    <>
      <h1>{w.services.title}</h1>
      <Shown reading={useServices(line.id)}>
        {(value) => <Services lineId={line.id} services={value} />}
      </Shown>
    </>
  )
}

function Services({ lineId, services }: { lineId: string; services: LineServices }) {
  const { w, locale } = useWords()
  const [word, setWord] = useState('')
  const known = [...services.options, ...services.content]
    .map(({ offering }) => offering)
    .concat(services.available)
  const nameOf = (code: string) => known.find(({ terms }) => terms.code === code)?.terms.title[locale] ?? code
  const found = services.available.filter((one) => matches(one, word))
  return (
    <>
      <OpenOrders lineId={lineId} nameOf={nameOf} />
      <PaidSubscriptions lineId={lineId} services={services} nameOf={nameOf} />
      <section class={parts.card} aria-labelledby="connected">
        <h2 id="connected">{w.services.connected}</h2>
        {services.options.length === 0 && <p class={styles.note}>{w.services.connectedNone}</p>}
        <ul class={parts.list}>
          {services.options.map((one) => (
            <OptionRow key={one.id} lineId={lineId} offering={one.offering} connected={one} nameOf={nameOf} />
          ))}
        </ul>
      </section>
      <Discounts discounts={services.discounts} />
      <Abroad lineId={lineId} available={services.available} nameOf={nameOf} />
      <section class={parts.card} aria-labelledby="available">
        <h2 id="available">{w.services.available}</h2>
        <label class={styles.search}>
          <SearchIcon size={20} />
          <span class="visually-hidden">{w.services.search}</span>
          <input
            type="search"
            placeholder={w.services.search}
            value={word}
            onInput={(event) => setWord(event.currentTarget.value)}
          />
        </label>
        {found.length === 0 && <p class={styles.note}>{w.services.availableNone(word)}</p>}
        {OptionCategory.options.map((category) => (
          <Category
            key={category}
            name={w.services.categories[category]}
            offerings={found.filter(({ terms }) => terms.kind === 'option' && terms.category === category)}
            lineId={lineId}
            nameOf={nameOf}
          />
        ))}
      </section>
    </>
  )
}

/** What a person pays less for, by how much, why and until when. */
function Discounts({ discounts }: Pick<LineServices, 'discounts'>) {
  const { w, locale } = useWords()
  if (discounts.length === 0) return null
  return (
    <section class={parts.card} aria-labelledby="discounts">
      <h2 id="discounts">{w.services.discounts}</h2>
      <ul class={parts.list}>
        {discounts.map(({ id, offering: { terms }, until }) => (
          <li key={id} class={styles.row}>
            <div class={styles.what}>
              <b>{terms.title[locale]}</b>
              {terms.kind === 'discount' && (
                <>
                  <span class={styles.note}>{terms.why[locale]}</span>
                  <span class={styles.price}>
                    {w.services.percentOff(terms.percent)},{' '}
                    {until ? w.services.until(formatDay(until, locale)) : w.services.forever}
                  </span>
                </>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface CategoryProps {
  readonly name: string
  readonly offerings: readonly Offering[]
  readonly lineId: string
  readonly nameOf: (code: string) => string
}

/** The options of one kind: whoever looks for minutes need not read about roaming. */
function Category({ name, offerings, lineId, nameOf }: CategoryProps) {
  if (offerings.length === 0) return null
  return (
    <div>
      <h3 class={styles.category}>{name}</h3>
      <ul class={parts.list}>
        {offerings.map((one) => (
          <OptionRow key={one.id} lineId={lineId} offering={one} nameOf={nameOf} />
        ))}
      </ul>
    </div>
  )
}

/** By any of its words in either language, as people type: without case, ё as е. */
function matches({ terms: { title, summary, code } }: Offering, word: string): boolean {
  const plain = (text: string) => text.toLowerCase().replaceAll('ё', 'е')
  const text = plain([title.ru, title.en, summary.ru, summary.en, code].join(' '))
  return plain(word)
    .split(/\s+/)
    .every((part) => text.includes(part))
}
