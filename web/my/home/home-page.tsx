import type { Line } from '../../../contracts/lines.ts'
import { formatDay, formatMoney } from '../../shared/format/index.ts'
import { nextCharges } from '../../shared/lines/index.ts'
import type { PageProps } from '../app/page-props.ts'
import { linkTo } from '../app/route.ts'
import { useWords } from '../app/words.ts'
import { feeNear, lackingFor } from '../data/cover.ts'
import { useHome } from '../data/lines.ts'
import { useTopUpTerms } from '../data/payments.ts'
import { UnblockButton } from '../orders/unblock-button.tsx'
import parts from '../parts/parts.module.css'
import { Shown } from '../parts/states.tsx'
import { Buckets } from './buckets.tsx'
import { comingByThing } from './coming.ts'
import styles from './home.module.css'

/** The first screen: what there is, what will be charged, and until when the money lasts. */
export function HomePage({ line }: PageProps) {
  const { w } = useWords()
  return (
    <>
      <h1 class="visually-hidden">{w.sections.home}</h1>
      <Shown reading={useHome(line.id)}>{(value) => <Glance line={value} />}</Shown>
    </>
  )
}

function Glance({ line }: { line: Line }) {
  const { w, locale } = useWords()
  const { role, tariff, nextTariff, coming, promised } = line
  const next = nextCharges(coming)
  const change = coming.find((one) => one.code === nextTariff?.terms.code)
  return (
    <>
      <StateNotice line={line} />
      <section class={parts.card} aria-labelledby="balance">
        <h2 id="balance" class={styles.label}>
          {w.home.balance}
        </h2>
        <p class={styles.balance}>{formatMoney(line.balanceKopecks, locale)}</p>
        {line.heldKopecks > 0 && (
          <p class={styles.note}>{w.home.held(formatMoney(line.heldKopecks, locale))}</p>
        )}
        {promised && (
          <p class={styles.note}>
            {w.home.promised(
              formatMoney(promised.kopecks + promised.feeKopecks, locale),
              formatDay(promised.dueAt, locale),
            )}
          </p>
        )}
        {role !== 'trusted' && (
          <p class={styles.note}>
            {next
              ? w.home.next(formatMoney(next.kopecks, locale), formatDay(next.at, locale))
              : w.home.nothingComing}
          </p>
        )}
        <a class={styles.topUp} {...linkTo('finance', 'top-up')}>
          {w.home.topUp}
        </a>
      </section>
      {role === 'trusted' ? (
        <p class={styles.note}>{w.home.trusted}</p>
      ) : (
        <>
          <Buckets buckets={line.buckets} />
          <section class={parts.card} aria-labelledby="coming">
            <h2 id="coming">{w.home.coming}</h2>
            <MoneyEnds line={line} />
            <ul class={parts.list}>
              {comingByThing(coming).map(({ code, at, title, kopecks, daily }) => (
                <li key={code} class={styles.charge}>
                  <span>
                    {title[locale]}
                    <small>{daily ? w.home.daily(formatDay(at, locale)) : formatDay(at, locale)}</small>
                  </span>
                  <b class="tabular">{formatMoney(kopecks, locale)}</b>
                </li>
              ))}
            </ul>
            <a class={styles.tariff} {...linkTo('tariff')}>
              <span>
                {w.home.tariff(tariff.terms.title[locale])}
                {nextTariff && (
                  <small>
                    {w.home.nextTariff(
                      nextTariff.terms.title[locale],
                      change ? formatDay(change.at, locale) : '',
                    )}
                  </small>
                )}
              </span>
            </a>
          </section>
        </>
      )}
    </>
  )
}

/** What happens before the money ends, told while something can be done about it. */
function MoneyEnds({ line }: { line: Line }) {
  const { w, locale } = useWords()
  const { moneyEndsAt, coming } = line
  if (coming.length === 0) return <p class={styles.note}>{w.home.nothingComing}</p>
  if (moneyEndsAt === null) return <p class={styles.note}>{w.home.moneyLasts}</p>
  return (
    <div class={parts.notice}>
      <b>{w.home.moneyEnds(formatDay(moneyEndsAt, locale))}</b>
      <span>{w.home.moneyEndsWhat(formatMoney(lackingFor(line), locale))}</span>
    </div>
  )
}

/** The next fee will stop the line: said first, with what can be done. */
function FeeNear({ line }: { line: Line }) {
  const near = feeNear(line, new Date())
  return near && <NearNotice lineId={line.id} near={near} />
}

function NearNotice({ lineId, near }: { lineId: string; near: NonNullable<ReturnType<typeof feeNear>> }) {
  const { w, locale } = useWords()
  const terms = useTopUpTerms(lineId).value
  // A sum that nobody takes is none to name.
  const kopecks = Math.max(near.missingKopecks, terms?.minKopecks ?? 0)
  return (
    <div class={parts.notice} role="status">
      <b>{w.home.feeNear(formatMoney(near.missingKopecks, locale), formatDay(near.at, locale))}</b>
      <span>{w.home.feeNearWhat(formatMoney(near.kopecks, locale))}</span>
      <a class={styles.nearAct} {...linkTo('finance', `top-up/again/${kopecks}`)}>
        {w.home.topUpBy(formatMoney(kopecks, locale))}
      </a>
    </div>
  )
}

function StateNotice({ line }: { line: Line }) {
  const { w } = useWords()
  const { state, blockedFor } = line
  if (state === 'active') return <FeeNear line={line} />
  return (
    <div class={parts.notice} role="status">
      <b>{blockedFor === 'voluntary' ? w.line.paused : w.line.state[state]}</b>
      {state === 'suspended' && <span>{w.home.suspended}</span>}
      {blockedFor && <span>{w.home.blocked[blockedFor]}</span>}
      {line.role === 'owner' && (blockedFor === 'voluntary' || blockedFor === 'lost') && (
        <UnblockButton lineId={line.id} reason={blockedFor} />
      )}
    </div>
  )
}
