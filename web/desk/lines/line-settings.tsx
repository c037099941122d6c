import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { LineSettings as Settings } from '../../../contracts/lines.ts'
import { formatMoney, formatPhone } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { lineSettingsQuery } from '../data/lines.ts'
import { type Ask, LIMITS } from './ask.ts'
import { Fold } from './fold.tsx'
import { LinePeople } from './line-people.tsx'
import styles from './lines.module.css'

interface Props {
  readonly lineId: string
  readonly ask: (what: Ask) => void
}

/** Limits, forwarding, automatic top-up, people of the line: asked for when somebody opens it. */
export function LineSettings({ lineId, ask }: Props) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  const query = useQuery({ ...lineSettingsQuery(lineId), enabled: isOpen })
  return (
    <Fold name={t('lines.settings')} isOpen={isOpen} toggle={() => setOpen(!isOpen)} query={query}>
      {(settings) => <Facts lineId={lineId} settings={settings} ask={ask} />}
    </Fold>
  )
}

interface FactsProps {
  readonly lineId: string
  readonly settings: Settings
  readonly ask: (what: Ask) => void
}

function Facts({ lineId, settings, ask }: FactsProps) {
  const { t, locale } = useWords()
  const money = (kopecks: number) => formatMoney(kopecks, locale)
  const { limits, spentThisMonthKopecks, forwarding, autoTopUp, codeWordSet, people, offered } = settings
  return (
    <dl className={styles.facts}>
      {(['spend-month', 'roaming-day'] as const).map((limit) => {
        const kopecks = limits[LIMITS[limit]]
        return (
          <Fact
            key={limit}
            name={t(`lines.limit.${limit}`)}
            change={() => ask({ kind: 'set-limit', limit, kopecks })}
          >
            {kopecks === null ? t('lines.noLimit') : money(kopecks)}
            {limit === 'spend-month' && (
              <span className={styles.quiet}>
                {' '}
                · {t('lines.spentThisMonth', { money: money(spentThisMonthKopecks) })}
              </span>
            )}
          </Fact>
        )
      })}
      <Fact name={t('lines.forwarding')} change={() => ask({ kind: 'set-forwarding', forwarding })}>
        {forwarding.length === 0
          ? t('lines.notForwarded')
          : forwarding
              .map(
                ({ condition, toMsisdn }) => `${t(`lines.condition.${condition}`)}: ${formatPhone(toMsisdn)}`,
              )
              .join(', ')}
      </Fact>
      <Fact name={t('lines.autoTopUp')}>
        {autoTopUp
          ? t('lines.autoTopUpRule', {
              below: money(autoTopUp.belowKopecks),
              amount: money(autoTopUp.amountKopecks),
            })
          : t('lines.noAutoTopUp')}
      </Fact>
      <Fact name={t('lines.codeWord')}>{t(codeWordSet ? 'lines.codeWordSet' : 'lines.codeWordNone')}</Fact>
      <div>
        <dt>{t('lines.people')}</dt>
        <dd data-list>
          <LinePeople lineId={lineId} people={people} offered={offered} ask={ask} />
        </dd>
      </div>
    </dl>
  )
}

function Fact({ name, change, children }: { name: string; change?: () => void; children: ReactNode }) {
  const { t } = useWords()
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span>{children}</span>
        {change && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            aria-label={t('lines.changeName', { name })}
            onClick={change}
          >
            {t('lines.change')}
          </Button>
        )}
      </dd>
    </div>
  )
}
