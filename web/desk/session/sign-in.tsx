import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { staff } from '../../../contracts/staff.ts'
import { isProblem } from '../../shared/api/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { signInOptionsQuery } from '../data/session.ts'
import { ProblemLine } from '../parts/problem-line.tsx'
import styles from './door.module.css'
import { Door } from './door.tsx'

/** E-mail and password; the authenticator's code when the server asks for it; the operator's own sign-in when there is one. */
export function SignIn() {
  const { t } = useWords()
  const options = useQuery(signInOptionsQuery).data
  const [fields, setFields] = useState({ email: '', password: '', code: '' })
  const set = (part: Partial<typeof fields>) => setFields((now) => ({ ...now, ...part }))
  const signIn = useMutation({
    mutationFn: () =>
      call(staff.signIn, {
        body: {
          email: fields.email.trim(),
          password: fields.password,
          ...(fields.code && { code: fields.code.trim() }),
        },
      }),
    onSuccess: (me) => queryClient.setQueryData(['me'], me),
  })
  const asksCode =
    isProblem(signIn.error, 'second_factor_required', 'wrong_second_factor') || fields.code !== ''
  const problem = isProblem(signIn.error, 'second_factor_required') ? null : signIn.error
  return (
    <Door title={t('signIn.title', { operator: options?.operator ?? 'Отклик' })}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          signIn.mutate()
        }}
      >
        <TextInput
          label={t('signIn.email')}
          type="email"
          autoComplete="username"
          required
          autoFocus
          value={fields.email}
          onChange={(event) => set({ email: event.currentTarget.value })}
        />
        <PasswordInput
          label={t('signIn.password')}
          autoComplete="current-password"
          required
          value={fields.password}
          onChange={(event) => set({ password: event.currentTarget.value })}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
        />
        {asksCode && (
          <TextInput
            label={t('signIn.code')}
            description={t('signIn.codeHint')}
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            value={fields.code}
            onChange={(event) => set({ code: event.currentTarget.value })}
          />
        )}
        <ProblemLine error={problem} />
        <Button type="submit" size="sm" loading={signIn.isPending}>
          {t('signIn.enter')}
        </Button>
      </form>
      {options?.oidc && (
        <Button component="a" href="/api/v1/session/oidc/start" variant="default" size="sm">
          {t('signIn.oidc', { operator: options.operator })}
        </Button>
      )}
      {options?.demo && <p className={styles.quiet}>{t('signIn.demo')}</p>}
    </Door>
  )
}
