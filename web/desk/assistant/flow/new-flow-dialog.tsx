import { FileInput, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { flows } from '../../../../contracts/assistant.ts'
import { type Flow, FlowKey, type FlowWords } from '../../../../contracts/flows.ts'
import { call } from '../../data/api.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { blankNode } from '../model/blank-node.ts'
import { WordsField } from '../step/fields.tsx'
import { useAssistantWords } from '../words.ts'

const newFlow = (title: FlowWords): Flow => ({
  title,
  intents: [],
  start: 'end',
  slots: {},
  nodes: { end: blankNode('end', 'end') },
})

/** A flow that there is not yet: empty, or from a file. */
export function NewFlowDialog({ taken, close }: { taken: ReadonlySet<string>; close: () => void }) {
  const { t } = useAssistantWords()
  const navigate = useNavigate()
  const [key, setKey] = useState('')
  const [title, setTitle] = useState<FlowWords>({ ru: '', en: '' })
  const [file, setFile] = useState<File | null>(null)
  const isTaken = taken.has(key)
  const isKey = FlowKey.safeParse(key).success && !isTaken
  const isNamed = file !== null || (title.ru.trim() !== '' && title.en.trim() !== '')
  const act = async () => {
    if (file) {
      const body = { basedOn: null, yaml: await file.text() }
      await call(flows.importFlow, { params: { key }, body })
    } else await call(flows.createFlow, { body: { key, flow: newFlow(title) } })
    await navigate({ to: '/assistant/flows/$flowKey', params: { flowKey: key } })
  }
  return (
    <Dialog title={t('flows.add')} word={t('flows.create')} close={close} act={act} ready={isKey && isNamed}>
      <TextInput
        label={t('flows.key')}
        description={t('flows.keyHint')}
        value={key}
        maxLength={40}
        spellCheck={false}
        data-autofocus
        error={key !== '' && !isKey && t(isTaken ? 'newIntent.taken' : 'step.nameWrong')}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      <FileInput
        label={t('flows.file')}
        description={t('flows.fileHint')}
        accept=".yaml,.yml"
        clearable
        value={file}
        onChange={setFile}
      />
      {file === null && (
        <WordsField label={t('flow.title')} oneLine fresh words={title} onChange={setTitle} />
      )}
    </Dialog>
  )
}
