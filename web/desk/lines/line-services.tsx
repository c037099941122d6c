import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Connected, LineServices as Services } from '../../../contracts/lines.ts'
import { formatDay, formatMoney, formatSince } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { priceOf } from '../catalogue/describe.ts'
import { lineServicesQuery } from '../data/lines.ts'
import { ProblemLine } from '../parts/problem-line.tsx'
import type { Ask } from './ask.ts'
import styles from './lines.module.css'
import { ServiceMenu } from './service-menu.tsx'
import { UndoOrder } from './undo-order.tsx'

interface Props {
  readonly lineId: string
  readonly ask: (what: Ask) => void
}

/** Options, paid subscriptions, discounts: what each costs, and how it is switched off. */
export function LineServices({ lineId, ask }: Props) {
  const { t } = useWords()
  const { data, error } = useQuery(lineServicesQuery(lineId))
  if (!data) return error ? <ProblemLine error={error} /> : <Skeleton height={60} mt={10} aria-hidden />
  const { options, content, contentBanned } = data
  return (
    <>
      <Group
        title={t('lines.options')}
        count={options.length}
        none={t('lines.noOptions')}
        act={
          <Button size="compact-xs" variant="subtle" onClick={() => ask({ kind: 'connect-option' })}>
            {t('lines.on')}
          </Button>
        }
      >
        {options.map((one) => (
          <Option key={one.id} lineId={lineId} connected={one} ask={ask} />
        ))}
      </Group>
      <Group title={t('lines.content')} count={content.length} none={t('lines.noContent')}>
        {content.map((one) => (
          <Subscription key={one.id} lineId={lineId} connected={one} ask={ask} />
        ))}
      </Group>
      {contentBanned && <p className={styles.quiet}>{t('lines.banned')}</p>}
      <Discounts discounts={data.discounts} />
    </>
  )
}

function Group({
  title,
  count,
  none,
  act,
  children,
}: {
  title: string
  count: number
  none: string
  act?: ReactNode
  children: ReactNode
}) {
  return (
    <section className={styles.group} aria-label={title}>
      <h5>
        <span>
          {title}
          {count > 0 && <span className={styles.count}> · {count}</span>}
        </span>
        {act}
      </h5>
      {count === 0 ? <p className={styles.quiet}>{none}</p> : <ul className={styles.services}>{children}</ul>}
    </section>
  )
}

interface RowProps extends Props {
  readonly connected: Connected
}

function Option({ lineId, connected, ask }: RowProps) {
  const { t, locale } = useWords()
  const { terms } = connected.offering
  const name = terms.title[locale]
  const { code } = terms
  return (
    <li data-ending={connected.ending !== null}>
      <span className={styles.service}>
        <span>{name}</span>
        <span className={styles.quiet}>{priceLine(connected, priceOf(terms, t, locale), locale)}</span>
      </span>
      <End
        lineId={lineId}
        connected={connected}
        off={() => ask({ kind: 'ready', name, request: { kind: 'disconnect-option', code } })}
        name={name}
      />
    </li>
  )
}

/** What is paid now, discounts taken off, where that is another price. */
function priceLine(
  { feeKopecks, offering: { terms } }: Connected,
  price: string,
  locale: 'ru' | 'en',
): string {
  const listed = 'feeKopecks' in terms ? terms.feeKopecks : feeKopecks
  return feeKopecks === listed ? price : `${formatMoney(feeKopecks, locale)} (${price})`
}

function Subscription({ lineId, connected, ask }: RowProps) {
  const { t, locale } = useWords()
  const { offering, since, spentKopecks, consent } = connected
  const { terms } = offering
  const name = terms.title[locale]
  const { code } = terms
  const through = THROUGH.find((one) => one === consent?.through)
  return (
    <li data-ending={connected.ending !== null}>
      <span className={styles.service}>
        <span>{name}</span>
        <span className={styles.quiet}>
          {[
            priceOf(terms, t, locale),
            terms.kind === 'content' && terms.partner.name,
            formatSince(since, locale),
            t('lines.spent', { money: formatMoney(spentKopecks, locale) }),
            consent &&
              t('lines.consent', {
                day: formatDay(consent.at, locale),
                through: through ? t(`lines.through.${through}`) : consent.through,
              }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      <End
        lineId={lineId}
        connected={connected}
        off={() => ask({ kind: 'ready', name, request: { kind: 'stop-content', code } })}
        name={name}
      />
      <ServiceMenu
        name={name}
        refund={() => ask({ kind: 'refund-content', code, name, kopecks: spentKopecks })}
      />
    </li>
  )
}

const THROUGH = ['my', 'desk', 'chat', 'voice', 'api', 'rule'] as const

/** Off; or, while it is on its way off, the way back. */
function End({
  lineId,
  connected: { ending },
  off,
  name,
}: {
  lineId: string
  connected: Connected
  off: () => void
  name: string
}) {
  const { t } = useWords()
  if (ending) {
    return (
      <span className={styles.ending}>
        <span className={styles.quiet}>{t('lines.ending')}</span>
        <UndoOrder order={{ id: ending.orderId, lineId, undoableUntil: ending.at }} />
      </span>
    )
  }
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      color="gray"
      aria-label={t('lines.offName', { name })}
      onClick={off}
    >
      {t('lines.off')}
    </Button>
  )
}

function Discounts({ discounts }: Pick<Services, 'discounts'>) {
  const { t, locale } = useWords()
  return discounts.map(({ id, offering: { terms }, until }) => (
    <p key={id} className={styles.quiet}>
      {t('lines.discount', {
        name: terms.title[locale],
        percent: terms.kind === 'discount' ? terms.percent : 0,
      })}
      {until && ` ${t('lines.discountUntil', { day: formatDay(until, locale) })}`}
      {terms.kind === 'discount' && `. ${terms.why[locale]}`}
    </p>
  ))
}
