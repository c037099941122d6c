import { Button, PasswordInput, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Locale } from '../../../contracts/primitives.ts'
import { staff } from '../../../contracts/staff.ts'
import { changeLanguage, useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { useMe } from '../session/use-me.ts'
import { run } from './run.ts'
import styles from './settings.module.css'

/** My name, language and password. */
export function Profile() {
  const { t, locale } = useWords()
  const { me } = useMe()
  const [name, setName] = useState(me?.member.name ?? '')
  const [password, setPassword] = useState({ current: '', next: '' })
  const speak = (next: Locale) => {
    void changeLanguage(next)
    void run(call(staff.changeMe, { body: { locale: next } }), ['me'])
  }
  const show = { visibilityToggleButtonProps: { 'aria-label': t('signIn.show') } }
  return (
    <>
      <div className={styles.head}>
        <h1>{t('sections.profile')}</h1>
      </div>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          void run(
            call(staff.changeMe, { body: { name: name.trim() } }),
            ['me', 'members'],
            t('states.saved'),
          )
        }}
      >
        <TextInput
          label={t('profile.name')}
          value={name}
          maxLength={80}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label="Язык · Language"
          data={[
            { value: 'ru', label: 'Русский' },
            { value: 'en', label: 'English' },
          ]}
          value={locale}
          allowDeselect={false}
          onChange={(next) => speak(next === 'en' ? 'en' : 'ru')}
        />
        <Button type="submit" w="fit-content" disabled={name.trim() === ''}>
          {t('states.save')}
        </Button>
      </form>
      <form
        className={styles.form}
        style={{ marginTop: 32 }}
        onSubmit={(event) => {
          event.preventDefault()
          // A password that was not taken stays: most often only the present one was mistyped.
          const changed = call(staff.changeMe, { body: { password } }).then(() =>
            setPassword({ current: '', next: '' }),
          )
          void run(changed, ['me'], t('states.saved'))
        }}
      >
        <PasswordInput
          label={t('profile.current')}
          autoComplete="current-password"
          value={password.current}
          onChange={(event) => setPassword({ ...password, current: event.currentTarget.value })}
          {...show}
        />
        <PasswordInput
          label={t('profile.next')}
          description={t('profile.nextHint')}
          autoComplete="new-password"
          value={password.next}
          onChange={(event) => setPassword({ ...password, next: event.currentTarget.value })}
          {...show}
        />
        <Button type="submit" w="fit-content" disabled={password.next.length < 12}>
          {t('profile.change')}
        </Button>
      </form>
    </>
  )
}
