import { useState } from 'preact/hooks'
import type { ChargeSummary } from '../../../contracts/lines.ts'
import { formatMoney, formatTime, monthAfter, monthName, thisMonth } from '../../shared/format/index.ts'
import type { PageProps } from '../app/page-props.ts'
import { linkTo } from '../app/route.ts'
import { useCharges, useMovements } from '../data/lines.ts'
import { useLasting } from '../data/reading.ts'
import { Button } from '../parts/button.tsx'
import { BackIcon, ChevronIcon } from '../parts/icons.tsx'
import parts from '../parts/parts.module.css'
import { Shown } from '../parts/states.tsx'
import { AutomaticCard } from './automatic-card.tsx'
import { Bars } from './bars.tsx'
import { DayList } from './day-list.tsx'
import { ExportButtons } from './export-buttons.tsx'
import styles from './finance.module.css'
import { useFinanceWords } from './finance-words.ts'
import { MoneyForms } from './money-forms.tsx'
import { PaymentPage } from './payment-page.tsx'
import topUp from './top-up.module.css'
import { TopUpPage } from './top-up-page.tsx'
import { TopUpsCard } from './top-ups-card.tsx'
import { UnfinishedTopUps } from './unfinished-top-ups.tsx'
import { UsageDetails } from './usage-details.tsx'

/** Where the money went, and the ways to move it. */
export function FinancePage(props: PageProps) {
  const [what = '', which = '', of = ''] = props.rest.split('/')
  if (what !== 'top-up') return <Money {...props} />
  if (which === 'again') return <TopUpPage {...props} rest="" againKopecks={Number(of)} />
  if (which === '' || which === 'automatic') return <TopUpPage {...props} rest={which} />
  return <PaymentPage line={props.line} id={which} />
}

function Money({ line, session }: PageProps) {
  const { w, locale } = useFinanceWords()
  const [month, setMonth] = useState(thisMonth())
  if (line.role !== 'owner') {
    return (
      <>
        <h1>{w.finance.title}</h1>
        <TopUpLink />
        <UnfinishedTopUps lineId={line.id} />
        <TopUpsCard lineId={line.id} />
        <p class={styles.note}>{w.finance.ownerOnly}</p>
      </>
    )
  }
  return (
    <>
      <h1>{w.finance.title}</h1>
      <TopUpLink />
      <UnfinishedTopUps lineId={line.id} />
      <MoneyForms lineId={line.id} session={session} />
      <AutomaticCard lineId={line.id} />
      <TopUpsCard lineId={line.id} />
      <nav class={styles.months} aria-label={w.finance.month}>
        <button
          type="button"
          class={parts.iconButton}
          aria-label={w.finance.earlier}
          onClick={() => setMonth(monthAfter(month, -1))}
        >
          <BackIcon />
        </button>
        <h2 aria-live="polite">{monthName(month, locale)}</h2>
        <button
          type="button"
          class={parts.iconButton}
          aria-label={w.finance.later}
          disabled={month >= thisMonth()}
          onClick={() => setMonth(monthAfter(month, 1))}
        >
          <ChevronIcon />
        </button>
      </nav>
      <Month key={month} lineId={line.id} month={month} />
    </>
  )
}

function TopUpLink() {
  const { w } = useFinanceWords()
  return (
    <a class={topUp.act} data-look="main" {...linkTo('finance', 'top-up')}>
      {w.topUp.title}
    </a>
  )
}

function Month({ lineId, month }: { lineId: string; month: string }) {
  return (
    <Shown reading={useCharges(lineId, month)} rows={2}>
      {(summary) => (
        <>
          <Summary summary={summary} />
          <Movements lineId={lineId} month={month} />
          <UsageDetails lineId={lineId} month={month} />
        </>
      )}
    </Shown>
  )
}

function Summary({ summary }: { summary: ChargeSummary }) {
  const { w, locale } = useFinanceWords()
  const taken = summary.byCategory.filter(({ kopecks }) => kopecks < 0).sort((a, b) => a.kopecks - b.kopecks)
  const most = Math.max(1, ...taken.map(({ kopecks }) => -kopecks))
  if (summary.byCategory.length === 0) return <p class={styles.note}>{w.finance.empty}</p>
  return (
    <section class={parts.card} aria-labelledby="categories">
      <p class={styles.totals}>
        <span>
          {w.finance.spent} <b class="tabular">{formatMoney(summary.spentKopecks, locale)}</b>
        </span>
        <span>
          {w.finance.received} <b class="tabular">{formatMoney(summary.receivedKopecks, locale)}</b>
        </span>
      </p>
      <h2 id="categories">{w.finance.byCategory}</h2>
      <ul class={styles.categories}>
        {taken.map(({ category, kopecks }) => (
          <li key={category}>
            <span>{w.finance.category[category]}</span>
            <b class="tabular">{formatMoney(-kopecks, locale)}</b>
            <span class={styles.track} aria-hidden="true">
              <span class={styles.fill} style={{ inlineSize: `${(100 * -kopecks) / most}%` }} />
            </span>
          </li>
        ))}
      </ul>
      <Bars month={summary.month} days={summary.byDay} />
    </section>
  )
}

function Movements({ lineId, month }: { lineId: string; month: string }) {
  const { w, locale } = useFinanceWords()
  const reading = useLasting(useMovements(lineId, month))
  return (
    <section class={parts.card} aria-labelledby="movements">
      <h2 id="movements">{w.finance.movements}</h2>
      <Shown reading={reading} rows={1}>
        {({ items, next }) => (
          <>
            {items.length === 0 && <p class={styles.note}>{w.finance.empty}</p>}
            <DayList items={items}>
              {({ id, at, kopecks, title }) => (
                <li key={id} class={styles.movement}>
                  <span>
                    {title[locale]}
                    <small>{formatTime(at, locale)}</small>
                  </span>
                  <b class="tabular" data-in={kopecks > 0}>
                    {kopecks > 0 && '+'}
                    {formatMoney(kopecks, locale)}
                  </b>
                </li>
              )}
            </DayList>
            {next !== null && (
              <Button look="plain" busy={reading.fetching} onClick={reading.more}>
                {w.app.more}
              </Button>
            )}
            {items.length > 0 && <ExportButtons what="charges" lineId={lineId} month={month} />}
          </>
        )}
      </Shown>
    </section>
  )
}
