import { Button, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { my } from '../../../contracts/my.ts'
import { formatTime } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { FormModal } from '../parts/form-modal.tsx'
import { ProblemLine } from '../parts/problem-line.tsx'
import { say } from '../parts/say.ts'
import styles from './lines.module.css'

/** What shows who speaks is longer than "so". */
const LEAST_WHY = 10

/** A one-time pass to the app for whoever lost the SIM: told once, ended at will. It stays in this dialog alone. */
export function PassDialog({ contactPointId, close }: { contactPointId: string; close: () => void }) {
  const { t, locale } = useWords()
  const [reason, setReason] = useState('')
  const params = { id: contactPointId }
  const issue = useMutation({
    mutationFn: () => call(my.issueMyPass, { params, body: { reason: reason.trim() } }),
    gcTime: 0,
  })
  const withdraw = useMutation({
    mutationFn: () => call(my.withdrawMyPass, { params }),
    onSuccess: () => {
      say(t('pass.withdrawn'))
      close()
    },
  })
  const told = issue.data
  return (
    <FormModal
      title={t('pass.title')}
      close={close}
      submit={() => {
        if (reason.trim().length >= LEAST_WHY && !issue.isPending) issue.mutate()
      }}
      held={told !== undefined || issue.isPending}
      foot={
        <>
          {told && (
            <Button variant="subtle" color="gray" onClick={close}>
              {t('states.close')}
            </Button>
          )}
          <Button
            variant="subtle"
            color="gray"
            loading={withdraw.isPending}
            onClick={() => withdraw.mutate()}
          >
            {t('pass.withdraw')}
          </Button>
          <Button type="submit" loading={issue.isPending} disabled={reason.trim().length < LEAST_WHY}>
            {t(told ? 'pass.again' : 'pass.issue')}
          </Button>
        </>
      }
    >
      <p className={styles.lead}>{t('pass.lead')}</p>
      <Textarea
        label={t('reason.label')}
        description={t('reason.hint')}
        autosize
        minRows={2}
        maxLength={400}
        required
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {told && (
        <div className={styles.pass} role="status">
          <span className={styles.quiet}>{t('pass.shown')}</span>
          <output>{told.pass}</output>
          <span className={styles.quiet}>{t('pass.until', { at: formatTime(told.expiresAt, locale) })}</span>
        </div>
      )}
      <ProblemLine error={issue.error ?? withdraw.error} />
    </FormModal>
  )
}
