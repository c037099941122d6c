import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { z } from 'zod'
import { privacy, type RetentionChange, RetentionRule } from '../../../contracts/privacy.ts'
import { isProblem } from '../../shared/api/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { CountInput, isCount } from '../parts/count-input.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { say, sayProblem } from '../parts/say.ts'
import { Room } from './room.tsx'
import { run } from './run.ts'
import styles from './settings.module.css'

type Rule = z.infer<typeof RetentionRule>
type Change = z.infer<typeof RetentionChange>
type Typed = Partial<Record<Rule['what'], number | null>>

const DAYS = { min: 1, max: 3660 } as const
const READS = ['retention'] as const

/** Only what was changed here, and what it was: what a colleague set meanwhile stays. */
const send = (changed: readonly Change[]) => call(privacy.setRetention, { body: [...changed] })

const Meanwhile = z.object({ current: z.array(RetentionRule).min(1) })

/** Says what a colleague has set meanwhile; null: that was not the trouble. */
function useMeanwhile() {
  const { t } = useWords()
  return (error: unknown): string | null => {
    const facts = isProblem(error, 'conflict') ? Meanwhile.safeParse(error.facts).data : undefined
    if (!facts) return null
    const rules = facts.current.map(({ what, days }) =>
      t('retention.isNow', {
        what: t(`retention.${what}`),
        days: `${days}\u00a0${t('retention.days', { count: days })}`,
      }),
    )
    return t('retention.meanwhile', { rules: rules.join(', ') })
  }
}

/** What a shorter period destroys is gone within the hour: it is looked at before. */
function ShortenDialog({
  rules,
  changed,
  saved,
  close,
}: {
  rules: readonly Rule[]
  changed: readonly Change[]
  saved: () => void
  close: () => void
}) {
  const { t } = useWords()
  const days = (count: number) => `${count}\u00a0${t('retention.days', { count })}`
  const explain = useMeanwhile()
  const act = async () => {
    const reread = () => queryClient.invalidateQueries({ queryKey: READS })
    try {
      await send(changed)
    } catch (error) {
      const words = explain(error)
      if (words === null) throw error
      // It may not even be shorter any more: back to the form.
      sayProblem(error, words)
      return reread()
    }
    await reread()
    saved()
    say(t('states.saved'))
  }
  return (
    <Dialog title={t('retention.shorten')} word={t('retention.shortenWord')} close={close} act={act} danger>
      <ul className={styles.shorter}>
        {rules.flatMap((rule) => {
          const next = changed.find(({ what }) => what === rule.what)
          if (!next || next.days >= rule.days) return []
          return (
            <li key={rule.what}>
              {t('retention.shorter', {
                what: t(`retention.${rule.what}`),
                before: days(rule.days),
                after: days(next.days),
              })}
            </li>
          )
        })}
      </ul>
      <p>{t('retention.forEver')}</p>
    </Dialog>
  )
}

function Rules({ rules }: { rules: readonly Rule[] }) {
  const { t } = useWords()
  const [typed, setTyped] = useState<Typed>({})
  const [looks, setLooks] = useState(false)
  const shown = rules.map(({ what, days }) => ({
    what,
    days: typed[what] === undefined ? days : typed[what],
  }))
  const explain = useMeanwhile()
  const changed = shown.flatMap(({ what, days }) => {
    const was = rules.find((rule) => rule.what === what)?.days
    return isCount(days, DAYS) && was !== undefined && days !== was ? [{ what, days, was }] : []
  })
  const isReady = changed.length > 0 && shown.every(({ days }) => isCount(days, DAYS))
  const isShorter = changed.some(({ what, days }) =>
    rules.some((rule) => rule.what === what && days < rule.days),
  )
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isReady) return
        if (isShorter) setLooks(true)
        else void run(send(changed), READS, t('states.saved'), explain)
      }}
    >
      {shown.map(({ what, days }) => (
        <CountInput
          key={what}
          label={t(`retention.${what}`)}
          description={t(`retention.about.${what}`)}
          suffix={days === null ? '' : ` ${t('retention.days', { count: days })}`}
          {...DAYS}
          value={days}
          onChange={(value) => setTyped({ ...typed, [what]: value })}
        />
      ))}
      <Button type="submit" w="fit-content" disabled={!isReady}>
        {t('states.save')}
      </Button>
      {looks && (
        <ShortenDialog
          rules={rules}
          changed={changed}
          saved={() => setTyped({})}
          close={() => setLooks(false)}
        />
      )}
    </form>
  )
}

/** How long things are kept before they are destroyed. */
export function Retention() {
  const { t } = useWords()
  const query = useQuery({
    queryKey: READS,
    queryFn: ({ signal }) => call(privacy.getRetention, { signal }),
  })
  return (
    <Room title={t('sections.retention')} hint={t('retention.hint')} query={query}>
      {(rules) => <Rules rules={rules} />}
    </Room>
  )
}
