import { type EditedFlow, flows } from '../../../../contracts/assistant.ts'
import { call } from '../../data/api.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { say } from '../../parts/say.ts'
import { useAssistantWords } from '../words.ts'
import { ChangesView } from './changes-view.tsx'

interface Props {
  readonly base: EditedFlow
  readonly published: (saved: EditedFlow) => void
  readonly close: () => void
}

/** What new dialogs will begin on, beside what they begin on now. */
export function PublishDialog({ base, published, close }: Props) {
  const { t } = useAssistantWords()
  const { key, version, draftVersion, publishedVersion } = base
  const act = async () => {
    published(await call(flows.publishFlow, { params: { key }, body: { basedOn: version } }))
    say(t('publish.done'))
  }
  return (
    <Dialog title={t('publish.title')} word={t('publish.word')} close={close} act={act}>
      <p style={{ margin: 0 }}>{t('publish.hint')}</p>
      {publishedVersion === null ? (
        <p style={{ margin: 0 }}>{t('publish.first')}</p>
      ) : (
        <ChangesView flowKey={key} version={draftVersion} since={publishedVersion} />
      )}
    </Dialog>
  )
}
