import type { ConversationSummary } from '../../../contracts/conversations.ts'
import { formatPhone } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'

/** A masked id says nothing; a masked number or mail address says at least what it is. */
const saysNothing = (name: string) => name === '' || (name.includes('***') && !/^\+|@/.test(name))

/** Where only the end of an id is told, it needs no stars before it. */
const endOf = (name: string) => name.replace(/^\*{3}(?=.)/, '')

/** What a person is called on the screen: somebody with no more than an id is introduced as a visitor, a number is written as numbers are. */
export function usePersonName() {
  const { t } = useWords()
  return ({ name, known }: Pick<ConversationSummary['person'], 'name' | 'known'>) =>
    !known && saysNothing(name) ? t('inbox.visitor', { name: endOf(name) }) : formatPhone(name)
}
