import { Radio, SegmentedControl, Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatMoney } from '../../../shared/format/index.ts'
import { useWords } from '../../app/words.ts'
import { factsOf, priceOf } from '../../catalogue/describe.ts'
import { tariffsQuery } from '../../data/lines.ts'
import { ProblemLine } from '../../parts/problem-line.tsx'
import type { FormProps } from '../ask.ts'
import styles from '../lines.module.css'

type When = 'now' | 'period-end'

/** Tariffs by what this person's own use would have cost; now or with the new period. */
export function TariffForm({ lineId, choose }: FormProps<'change-tariff'>) {
  const { t, locale } = useWords()
  const [code, setCode] = useState<string | null>(null)
  const [when, setWhen] = useState<When>('period-end')
  const { data, error } = useQuery(tariffsQuery(lineId))
  if (error && !data) return <ProblemLine error={error} />
  if (!data) return <Skeleton height={120} />
  const change = (tariff: string | null, moment: When) => {
    setCode(tariff)
    setWhen(moment)
    choose(tariff === null ? undefined : { kind: 'change-tariff', code: tariff, when: moment })
  }
  const others = data.tariffs.filter(({ current }) => !current)
  return (
    <>
      <Radio.Group label={t('orderSheet.tariff')} value={code} onChange={(value) => change(value, when)}>
        <Stack gap={8} mt={6}>
          {others.map(({ offering: { terms }, monthlyKopecks }, index) => (
            <Radio
              key={terms.code}
              value={terms.code}
              label={`${terms.title[locale]} · ${priceOf(terms, t, locale)}`}
              description={[
                factsOf(terms, t, locale),
                data.months > 0 && t('orderSheet.average', { money: formatMoney(monthlyKopecks, locale) }),
              ]
                .filter(Boolean)
                .join(' · ')}
              {...(index === 0 && { 'data-autofocus': true })}
            />
          ))}
        </Stack>
      </Radio.Group>
      <div>
        <p className={styles.label}>{t('orderSheet.when')}</p>
        <SegmentedControl
          aria-label={t('orderSheet.when')}
          data={[
            { value: 'period-end', label: t('orderSheet.periodEnd') },
            { value: 'now', label: t('orderSheet.now') },
          ]}
          value={when}
          onChange={(value) => change(code, value === 'now' ? 'now' : 'period-end')}
        />
      </div>
    </>
  )
}
