import { Button } from '@mantine/core'
import { say } from '../../parts/say.ts'
import { useMe } from '../../session/use-me.ts'
import { type FlowDraft, flowDrafts } from '../draft-store.ts'
import { useAssistantWords } from '../words.ts'
import styles from './flow.module.css'

/** A text was kept while this one was written, by somebody else or by oneself in another window: one of the two is gone on with. */
export function NewerNotice({ draft: { base, newer } }: { draft: FlowDraft }) {
  const { t } = useAssistantWords()
  const { me } = useMe()
  if (newer === null) return null
  const { writtenBy, draftVersion: version } = newer
  const whose = writtenBy.id === me?.member.id ? 'own' : 'theirs'
  const take = () => {
    flowDrafts.takeTheirs(base.key)
    say(t(`newer.${whose}.taken`))
  }
  return (
    <div className={styles.notice} role="alert">
      <p>{t(`newer.${whose}.told`, { by: writtenBy.name, version })}</p>
      <Button variant="default" onClick={take}>
        {t(`newer.${whose}.take`)}
      </Button>
      <Button variant="default" onClick={() => flowDrafts.keepMine(base.key)}>
        {t(`newer.${whose}.keep`)}
      </Button>
    </div>
  )
}
