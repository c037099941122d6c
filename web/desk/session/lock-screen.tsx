import { Button, PasswordInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type Me, staff } from '../../../contracts/staff.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { ProblemLine } from '../parts/problem-line.tsx'
import styles from './door.module.css'
import { Door } from './door.tsx'
import { signOut } from './leave.ts'

/** Stands in place of the desk, not above it: behind it there is nothing to read. */
export function LockScreen({ me }: { me: Me }) {
  const { t } = useWords()
  const [password, setPassword] = useState('')
  const unlock = useMutation({
    mutationFn: () => call(staff.unlockSession, { body: { password } }),
    onSuccess: (fresh) => queryClient.setQueryData(['me'], fresh),
  })
  return (
    <Door title={t('lock.title')}>
      <p className={styles.quiet}>{t('lock.why', { name: me.member.name })}</p>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          unlock.mutate()
        }}
      >
        <PasswordInput
          label={t('signIn.password')}
          autoComplete="current-password"
          required
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
        />
        <ProblemLine error={unlock.error} />
        <Button type="submit" size="sm" loading={unlock.isPending}>
          {t('lock.unlock')}
        </Button>
        <Button variant="subtle" color="gray" size="sm" onClick={() => void signOut()}>
          {t('me.signOut')}
        </Button>
      </form>
    </Door>
  )
}
