import { Select, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWords } from '../../app/words.ts'
import { priceOf } from '../../catalogue/describe.ts'
import { lineServicesQuery } from '../../data/lines.ts'
import { ProblemLine } from '../../parts/problem-line.tsx'
import type { FormProps } from '../ask.ts'
import styles from '../lines.module.css'

/** An option that the line could have, found by its name. */
export function OptionForm({ lineId, choose }: FormProps<'connect-option'>) {
  const { t, locale } = useWords()
  const [code, setCode] = useState<string | null>(null)
  const { data, error } = useQuery(lineServicesQuery(lineId))
  if (error && !data) return <ProblemLine error={error} />
  if (!data) return <Skeleton height={56} />
  const chosen = data.available.find(({ terms }) => terms.code === code)
  return (
    <>
      <Select
        label={t('orderSheet.option')}
        placeholder={t('orderSheet.findOption')}
        searchable
        data-autofocus
        nothingFoundMessage={t('search.nothing')}
        maxDropdownHeight={260}
        data={data.available.map(({ terms }) => ({
          value: terms.code,
          label: `${terms.title[locale]} · ${priceOf(terms, t, locale)}`,
        }))}
        value={code}
        onChange={(value) => {
          setCode(value)
          choose(value === null ? undefined : { kind: 'connect-option', code: value })
        }}
      />
      {chosen && <p className={styles.quiet}>{chosen.terms.summary[locale]}</p>}
    </>
  )
}
