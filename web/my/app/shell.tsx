import type { ComponentType } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { LineRef } from '../../../contracts/lines.ts'
import { type MySection, type MySession, my } from '../../../contracts/my.ts'
import { formatPhone } from '../../shared/format/index.ts'
import { call, onProblem } from '../data/api.ts'
import { useConnection, useLive } from '../data/live.ts'
import { takeUpUnsent } from '../data/outbox.ts'
import { lookAgain } from '../data/reading.ts'
import { HomePage } from '../home/home-page.tsx'
import {
  FinanceIcon,
  HelpIcon,
  HomeIcon,
  MarketIcon,
  OfflineIcon,
  ServicesIcon,
  SettingsIcon,
} from '../parts/icons.tsx'
import { say } from '../parts/toast.tsx'
import { lazyPage } from './lazy-page.tsx'
import { useLineChoice } from './line-choice.ts'
import type { PageProps } from './page-props.ts'
import { linkTo, usePlace } from './route.ts'
import styles from './shell.module.css'
import { useWords } from './words.ts'

const LATER = {
  services: lazyPage('services', () =>
    import('../services/services-page.tsx').then((one) => one.ServicesPage),
  ),
  tariff: lazyPage('tariff', () => import('../tariff/tariff-page.tsx').then((one) => one.TariffPage)),
  finance: lazyPage('finance', () => import('../finance/finance-page.tsx').then((one) => one.FinancePage)),
  market: lazyPage('market', () => import('../market/market-page.tsx').then((one) => one.MarketPage)),
  settings: lazyPage('settings', () =>
    import('../settings/settings-page.tsx').then((one) => one.SettingsPage),
  ),
  help: lazyPage('help', () => import('../help/help-page.tsx').then((one) => one.HelpPage)),
}

const PAGES: Partial<Record<MySection, ComponentType<PageProps>>> = { home: HomePage, ...LATER }

/** How long somebody looks at what they opened before the other screens are fetched. */
const PREFETCH_AFTER_MS = 3_000

/** What who is only trusted with a line is not shown of it. */
const FOR_HOLDERS = ['services', 'tariff', 'market'] as const
type ForHolders = (typeof FOR_HOLDERS)[number]
const isForHolders = (section: MySection): section is ForHolders => FOR_HOLDERS.some((one) => one === section)

const TABS = [
  ['home', HomeIcon],
  ['services', ServicesIcon],
  ['market', MarketIcon],
  ['finance', FinanceIcon],
  ['help', HelpIcon],
  ['settings', SettingsIcon],
] as const

/** The frame: the line that is looked at, its screens, the way between them. */
export function Shell({ session }: { session: MySession }) {
  const { w } = useWords()
  const { section, rest } = usePlace()
  const { line, choose } = useLineChoice(session.lines)
  useLive()
  useVisits(section)
  useFarewells(session.lines)
  useArrival(`${section}/${rest}`, `${w.sections[section]} — ${session.operator.name}`)
  usePrefetch()
  useEffect(() => takeUpUnsent(session.subscriberId), [session.subscriberId])
  // Wherever it shows first: a session that has ended leads to the door.
  useEffect(() => onProblem(({ code }) => void (code === 'unauthenticated' && lookAgain('session'))), [])
  const Page = PAGES[section] ?? HomePage
  return (
    <div class={styles.shell}>
      <Offline />
      <header class={styles.head}>
        {session.lines.length > 1 ? (
          <label class={styles.chooser}>
            <span class="visually-hidden">{w.line.choose}</span>
            <select value={line?.id} onChange={(event) => choose(event.currentTarget.value)}>
              {session.lines.map((one) => (
                <option key={one.id} value={one.id}>
                  {nameOf(one)}
                </option>
              ))}
            </select>
          </label>
        ) : (
          <p class={styles.number}>{line && nameOf(line)}</p>
        )}
      </header>
      <main class={styles.main} key={`${section}:${line?.id}`} tabIndex={-1}>
        {!line && <p>{w.line.none}</p>}
        {line &&
          (line.role === 'trusted' && isForHolders(section) ? (
            <NotTheirs section={section} />
          ) : (
            <Page session={session} line={line} rest={rest} />
          ))}
      </main>
      <nav class={styles.tabs} aria-label={w.tabs.nav}>
        {TABS.map(([name, Icon]) => (
          <a
            key={name}
            {...linkTo(name)}
            class={styles.tab}
            aria-current={section === name ? 'page' : undefined}
          >
            <Icon />
            <span>{w.sections[name]}</span>
          </a>
        ))}
      </nav>
    </div>
  )
}

/** Says whose it is instead of failing to load. */
function NotTheirs({ section }: { readonly section: ForHolders }) {
  const { w } = useWords()
  return (
    <>
      <h1>{w.sections[section]}</h1>
      <p>
        {w.line.others}. {w.line.othersLead}
      </p>
    </>
  )
}

const nameOf = ({ title, msisdn }: LineRef): string =>
  title ? `${title} · ${formatPhone(`+${msisdn}`)}` : formatPhone(`+${msisdn}`)

/** Says so when a line is not there any more: somebody has ended what this person was shown, or the line itself has ended. */
function useFarewells(lines: readonly LineRef[]): void {
  const { w } = useWords()
  const before = useRef(lines)
  // biome-ignore lint/correctness/useExhaustiveDependencies: said when the lines change, in the language of that moment
  useEffect(() => {
    const gone = before.current.filter(({ id }) => !lines.some((one) => one.id === id))
    before.current = lines
    if (gone.length > 0) say({ text: w.line.gone(gone.map(nameOf).join(', ')) })
  }, [lines])
}

function Offline() {
  const { w } = useWords()
  const { online, heardAt } = useConnection()
  // Not yet heard is no network's fault, unless the app was opened without one.
  if (online || (heardAt === null && navigator.onLine)) return null
  return (
    <p class={styles.offline} role="status">
      <OfflineIcon size={18} /> {w.age.offline}
    </p>
  )
}

/** Names the screen for who hears it or has many tabs, and takes the focus there from what was left behind. */
function useArrival(place: string, title: string): void {
  const before = useRef(place)
  useEffect(() => {
    document.title = title
    if (before.current === place) return
    before.current = place
    const main = document.querySelector('main')
    if (!main?.contains(document.activeElement)) main?.focus({ preventScroll: true })
  }, [place, title])
}

/** Fetches the other screens while nothing else is to be done: on a slow network a tap then waits once, and without one they open. */
function usePrefetch(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const page of Object.values(LATER)) page.prefetch()
    }, PREFETCH_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
}

/** Counts which sections are of use: once a day each, nothing of what is done there. */
function useVisits(section: MySection): void {
  useEffect(() => {
    call(my.recordVisit, { params: { section } }).catch(() => undefined)
  }, [section])
}
