import { Button, NumberInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { privacy, type RetentionRule } from '../../../contracts/privacy.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { Room } from './room.tsx'
import { run } from './run.ts'
import styles from './settings.module.css'

type Rule = z.infer<typeof RetentionRule>

function Rules({ rules }: { rules: readonly Rule[] }) {
  const { t } = useWords()
  const [edited, setEdited] = useState(rules)
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        void run(call(privacy.setRetention, { body: [...edited] }), ['retention'], t('states.saved'))
      }}
    >
      {edited.map(({ what, days }) => (
        <NumberInput
          key={what}
          label={t(`retention.${what}`)}
          description={t(`retention.about.${what}`)}
          suffix={` ${t('retention.days', { count: days })}`}
          min={1}
          max={3660}
          value={days}
          onChange={(value) =>
            setEdited(edited.map((one) => (one.what === what ? { what, days: Number(value) || 1 } : one)))
          }
        />
      ))}
      <Button type="submit" w="fit-content">
        {t('states.save')}
      </Button>
    </form>
  )
}

/** How long things are kept before they are destroyed. */
export function Retention() {
  const { t } = useWords()
  const query = useQuery({
    queryKey: ['retention'],
    queryFn: ({ signal }) => call(privacy.getRetention, { signal }),
  })
  return (
    <Room title={t('sections.retention')} hint={t('retention.hint')} query={query}>
      {(rules) => <Rules rules={rules} />}
    </Room>
  )
}
