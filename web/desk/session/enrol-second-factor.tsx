import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { staff } from '../../../contracts/staff.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { ProblemLine } from '../parts/problem-line.tsx'
import { AuthenticatorKey } from './authenticator-key.tsx'
import styles from './door.module.css'
import { Door } from './door.tsx'

/** Connects an authenticator: its key, then a first code. */
export function EnrolSecondFactor() {
  const { t } = useWords()
  const [code, setCode] = useState('')
  const started = useQuery({
    queryKey: ['second-factor'],
    queryFn: () => call(staff.startSecondFactor, {}),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const confirm = useMutation({
    mutationFn: () => call(staff.confirmSecondFactor, { body: { code: code.trim() } }),
    onSuccess: (me) => queryClient.setQueryData(['me'], me),
  })
  return (
    <Door title={t('enrol.title')}>
      <p className={styles.quiet}>{t('enrol.why')}</p>
      {started.data && <AuthenticatorKey {...started.data} />}
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          confirm.mutate()
        }}
      >
        <TextInput
          label={t('signIn.code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <ProblemLine error={confirm.error ?? started.error} />
        <Button type="submit" size="sm" loading={confirm.isPending}>
          {t('enrol.confirm')}
        </Button>
      </form>
    </Door>
  )
}
