import type { ConversationSummary } from '../../../contracts/conversations.ts'
import { useWords } from '../app/words.ts'

/** What a person is called on the screen: a mask alone says nothing, so it is introduced as a visitor. */
export function usePersonName() {
  const { t } = useWords()
  return ({ name, known }: Pick<ConversationSummary['person'], 'name' | 'known'>) =>
    !known && (name === '' || name.includes('***')) ? t('inbox.visitor', { name }) : name
}
