import { useMemo, useState } from 'preact/hooks'
import { formatDay, formatMoment } from '../../../shared/format/index.ts'
import { useMarketWords } from '../market-words.ts'
import { nearestTo, type Plot, type PricePoint, plotPrices } from './price-plot.ts'
import styles from './prices.module.css'
import { useUnitMoney } from './use-unit-money.ts'

/** More dots than these run into each other. */
const MOST_DOTS = 40

interface Props {
  readonly points: readonly PricePoint[]
  readonly byHour: boolean
}

/**
 * Averages as a line, with all that was paid around them. A finger or a pointer asks what stood where; who cannot see it has the sentence
 * above and the table below.
 */
export function PriceChart({ points, byHour }: Props) {
  const { m, locale } = useMarketWords()
  const money = useUnitMoney()
  const plot = useMemo(() => plotPrices(points), [points])
  const [asked, setAsked] = useState<Plot['dots'][number]>()
  const shown = asked ?? plot.dots.at(-1)
  const when = (at: string) => (byHour ? formatMoment(at, locale) : formatDay(at, locale))
  const ask = (event: PointerEvent) => {
    const { currentTarget: paper } = event
    if (!(paper instanceof Element)) return
    const { left, width } = paper.getBoundingClientRect()
    setAsked(nearestTo(plot, ((event.clientX - left) / width) * plot.width))
  }
  return (
    <figure class={styles.figure} aria-hidden="true">
      {shown && (
        <figcaption>
          <b>{money(shown.point.averageUnitKopecks)}</b>
          <span class={styles.asOf}>
            {when(shown.point.at)} · {m.dealsCount(shown.point.deals)}
          </span>
        </figcaption>
      )}
      <div class={styles.paper}>
        <div class={styles.levels}>
          {plot.levels.map(({ kopecks, y }) => (
            <span key={kopecks} style={{ insetBlockStart: `${(y / plot.height) * 100}%` }}>
              {money(kopecks)}
            </span>
          ))}
        </div>
        <svg
          viewBox={`0 0 ${plot.width} ${plot.height}`}
          preserveAspectRatio="none"
          aria-hidden="true"
          onPointerDown={ask}
          onPointerMove={ask}
        >
          {plot.levels.map(({ kopecks, y }) => (
            <line key={kopecks} class={styles.level} x1={0} x2={plot.width} y1={y} y2={y} />
          ))}
          {shown && asked && <line class={styles.cursor} x1={shown.x} x2={shown.x} y1={0} y2={plot.height} />}
          <path class={styles.band} d={plot.band} />
          <path class={styles.line} d={plot.line} />
        </svg>
        {/* Outside of the picture, which is stretched: dots stay round. */}
        {plot.dots
          .filter((dot) => dot === shown || plot.dots.length <= MOST_DOTS)
          .map((dot) => (
            <i
              key={dot.point.at}
              class={styles.dot}
              data-shown={dot === shown}
              style={{
                insetInlineStart: `calc(var(--levels) + (100% - var(--levels)) * ${dot.x / plot.width})`,
                insetBlockStart: `${(dot.y / plot.height) * 100}%`,
              }}
            />
          ))}
      </div>
      <Ends points={points} when={when} />
    </figure>
  )
}

/** From when to when. */
function Ends({ points, when }: { points: readonly PricePoint[]; when: (at: string) => string }) {
  const [first] = points
  const last = points.at(-1)
  if (!first || !last) return null
  return (
    <div class={styles.ends} data-one={first === last}>
      <span>{when(first.at)}</span>
      {first !== last && <span>{when(last.at)}</span>}
    </div>
  )
}
