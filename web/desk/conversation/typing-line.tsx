import { useWords } from '../app/words.ts'
import { useTypist } from '../live/presence.ts'
import styles from './timeline.module.css'

/** «Ольга печатает…»; its height is kept, so that nothing jumps. */
export function TypingLine({ conversationId }: { conversationId: string }) {
  const { t } = useWords()
  const typist = useTypist(conversationId)
  return (
    <div className={styles.typing} aria-hidden>
      {typist && t('timeline.typing', { name: typist.name ?? t(`author.${typist.kind}`) })}
    </div>
  )
}
