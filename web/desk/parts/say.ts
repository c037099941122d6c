import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { ApiProblem, factText } from '../../shared/api/index.ts'
import { problemText } from '../../shared/problems/index.ts'

const localeNow = () => (i18next.language === 'en' ? 'en' : 'ru')

/** A short word at the edge of the screen: quiet, gone by itself. */
export function say(message: string): void {
  notifications.show({ message, withCloseButton: false, color: 'teal' })
}

/** Says what was refused, in other words where they are given, with who was first where that is known. */
export function sayProblem(error: unknown, words: string | null = null): void {
  const who = error instanceof ApiProblem ? factText(error, 'assignee') : null
  const message = words ?? problemText(error, localeNow())
  sayWrong(who ? `${message} ${i18next.t('states.whoWasFirst', { name: who })}` : message)
}

/** Says what is wrong, long enough to be read. */
export function sayWrong(message: string): void {
  notifications.show({ message, color: 'red', autoClose: 8000 })
}
