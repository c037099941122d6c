import { Button, Textarea } from '@mantine/core'
import { IconLockAccess } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { conversations } from '../../../contracts/conversations.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { ProblemLine } from '../parts/problem-line.tsx'
import styles from '../parts/states.module.css'

const LEAST_REASON = 10

/** Somebody else's conversation: it opens for an hour, with a reason that stays in the audit. */
export function BreakGlass({ id }: { id: string }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const open = useMutation({
    mutationFn: () => call(conversations.breakGlass, { params: { id }, body: { reason: reason.trim() } }),
    onSuccess: () =>
      Promise.all(
        ['conversation', 'timeline'].map((key) => queryClient.invalidateQueries({ queryKey: [key, id] })),
      ),
  })
  return (
    <form
      className={styles.state}
      onSubmit={(event) => {
        event.preventDefault()
        open.mutate()
      }}
    >
      <IconLockAccess size={32} stroke={1.2} aria-hidden />
      <h2 className={styles.title}>{t('glass.title')}</h2>
      <p className={styles.hint}>{t('glass.why')}</p>
      <Textarea
        w="min(420px, 100%)"
        ta="left"
        label={t('glass.reason')}
        description={t('glass.reasonHint')}
        autosize
        minRows={2}
        maxLength={400}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <ProblemLine error={open.error} />
      <Button type="submit" mt={8} loading={open.isPending} disabled={reason.trim().length < LEAST_REASON}>
        {t('glass.open')}
      </Button>
    </form>
  )
}
