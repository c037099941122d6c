import { Button, PasswordInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { staff } from '../../../contracts/staff.ts'
import { isProblem } from '../../shared/api/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { ProblemLine } from '../parts/problem-line.tsx'
import styles from './door.module.css'
import { Door } from './door.tsx'
import { signOut } from './leave.ts'

const LEAST = 12

/** Whoever signed in with a password that somebody gave chooses their own, before there is anything to see. */
export function ChoosePassword() {
  const { t } = useWords()
  const [password, setPassword] = useState({ current: '', next: '' })
  const choose = useMutation({
    mutationFn: () => call(staff.changeMe, { body: { password } }),
    onSuccess: (me) => queryClient.setQueryData(['me'], me),
  })
  const same = password.next !== '' && password.next === password.current
  const show = { visibilityToggleButtonProps: { 'aria-label': t('signIn.show') } }
  return (
    <Door title={t('choosePassword.title')}>
      <p className={styles.quiet}>{t('choosePassword.why')}</p>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!choose.isPending) choose.mutate()
        }}
      >
        <PasswordInput
          label={t('choosePassword.given')}
          autoComplete="current-password"
          required
          autoFocus
          value={password.current}
          onChange={(event) => setPassword({ ...password, current: event.currentTarget.value })}
          {...show}
        />
        <PasswordInput
          label={t('profile.next')}
          description={t('profile.nextHint')}
          autoComplete="new-password"
          required
          error={same && t('choosePassword.same')}
          value={password.next}
          onChange={(event) => setPassword({ ...password, next: event.currentTarget.value })}
          {...show}
        />
        <ProblemLine
          error={choose.error}
          words={isProblem(choose.error, 'wrong_credentials') ? t('choosePassword.wrong') : null}
        />
        <Button
          type="submit"
          size="sm"
          loading={choose.isPending}
          disabled={password.next.length < LEAST || same}
        >
          {t('choosePassword.do')}
        </Button>
        <Button variant="subtle" color="gray" size="sm" onClick={() => void signOut()}>
          {t('me.signOut')}
        </Button>
      </form>
    </Door>
  )
}
