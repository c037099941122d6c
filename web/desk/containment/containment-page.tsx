import { Button, SegmentedControl, Skeleton } from '@mantine/core'
import { IconRobot } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type Containment, ContainmentBy } from '../../../contracts/containment.ts'
import { useWords } from '../app/words.ts'
import { containmentQuery } from '../data/containment.ts'
import { Empty, Failed } from '../parts/states.tsx'
import { useMe } from '../session/use-me.ts'
import settings from '../settings/settings.module.css'
import styles from './containment.module.css'
import { Days } from './days.tsx'
import { Groups } from './groups.tsx'
import { lastDays, SHARES, sayShare, sharesOf } from './shares.ts'

const PERIODS = [7, 30, 90] as const

/** What became of visits to the assistant: the numbers side by side, over time, and by what they were about. */
export function ContainmentPage() {
  const { t } = useWords()
  const [count, setCount] = useState(30)
  const [by, setBy] = useState<ContainmentBy>('flow')
  const query = useQuery(containmentQuery(lastDays(count, Date.now()), by))
  const { data } = query
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and whoever has no mouse scrolls it by keys
    <main tabIndex={0} className={settings.main} style={{ background: 'var(--surface)' }}>
      <div className={settings.head}>
        <h1>{t('containment.name')}</h1>
        <SegmentedControl
          aria-label={t('containment.period')}
          value={String(count)}
          onChange={(value) => setCount(Number(value))}
          data={PERIODS.map((days) => ({
            value: String(days),
            label: t('containment.days', { count: days }),
          }))}
        />
      </div>
      <p className={settings.hint}>{t('containment.hint')}</p>
      {query.isPending && <Skeleton height={320} maw={960} />}
      {query.error && !data && <Failed error={query.error} retry={() => void query.refetch()} />}
      {data?.total.visits === 0 && <NoVisits />}
      {data && data.total.visits > 0 && (
        <>
          <Numbers data={data} />
          <Days data={data} />
          <SegmentedControl
            className={styles.by}
            aria-label={t('containment.by.name')}
            value={by}
            onChange={(value) => setBy(ContainmentBy.catch('flow').parse(value))}
            data={ContainmentBy.options.map((value) => ({ value, label: t(`containment.by.${value}`) }))}
          />
          <Groups data={data} />
        </>
      )}
    </main>
  )
}

/** Nobody spoke to it: whoever may switch it on is led there, others hear who may. */
function NoVisits() {
  const { t } = useWords()
  const { may } = useMe()
  const icon = <IconRobot size={28} stroke={1.5} aria-hidden />
  if (!may('admin'))
    return <Empty title={t('containment.empty')} hint={t('containment.emptyAsk')} icon={icon} />
  return (
    <Empty
      title={t('containment.empty')}
      hint={t('containment.emptyHint')}
      icon={icon}
      action={
        <Button
          variant="light"
          renderRoot={(props) => <Link to="/settings/$section" params={{ section: 'channels' }} {...props} />}
        >
          {t('containment.toChannels')}
        </Button>
      }
    />
  )
}

function Numbers({ data: { total, version } }: { data: Containment }) {
  const { t, locale } = useWords()
  const shares = sharesOf(total)
  return (
    <>
      <dl className={styles.numbers}>
        {SHARES.map((name) => (
          <div key={name} className={styles.number}>
            <dt>{t(`containment.${name}.title`)}</dt>
            <dd className="numeric">{sayShare(shares[name], locale)}</dd>
            <dd className={styles.of}>
              {shares[name].of === 0
                ? t('containment.notKnown')
                : t('containment.of', { part: shares[name].part, count: shares[name].of })}
            </dd>
            <dd className={styles.what}>{t(`containment.${name}.what`)}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.rest}>
        {t('containment.noSuccess', {
          abandoned: total.abandoned,
          asked: total.asked,
          handedOver: total.handedOver,
        })}{' '}
        {t('containment.version', { version })}
      </p>
    </>
  )
}
