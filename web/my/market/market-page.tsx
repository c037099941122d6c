import type { PageProps } from '../app/page-props.ts'
import { linkTo } from '../app/route.ts'
import parts from '../parts/parts.module.css'
import { BookScreen } from './book-screen.tsx'
import { DealsScreen } from './deals-screen.tsx'
import styles from './market.module.css'
import { useMarketWords } from './market-words.ts'
import { MyLotsScreen } from './my-lots-screen.tsx'
import { SellScreen } from './sell-screen.tsx'

const PARTS = ['buy', 'sell', 'lots', 'deals'] as const
type Part = (typeof PARTS)[number]

const partOf = (rest: string): Part => PARTS.find((one) => one === rest) ?? 'buy'

/** Subscribers sell each other what is left of their packages. */
export function MarketPage({ line, session, rest }: PageProps) {
  const { m } = useMarketWords()
  const here = partOf(rest)
  if (line.role === 'trusted')
    return (
      <>
        <h1>{m.title}</h1>
        <p class={parts.notice}>{m.trusted}</p>
      </>
    )
  return (
    <>
      <h1>{m.title}</h1>
      <nav class={styles.parts} aria-label={m.parts.nav}>
        {PARTS.map((part) => (
          <a
            key={part}
            {...linkTo('market', part === 'buy' ? '' : part)}
            class={styles.part}
            aria-current={part === here ? 'page' : undefined}
          >
            {m.parts[part]}
          </a>
        ))}
      </nav>
      {here === 'buy' && <BookScreen lineId={line.id} />}
      {here === 'sell' && <SellScreen lineId={line.id} name={session.name} />}
      {here === 'lots' && <MyLotsScreen lineId={line.id} />}
      {here === 'deals' && <DealsScreen lineId={line.id} />}
    </>
  )
}
