import { Button, Checkbox, Group, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { type Macro, macros } from '../../../contracts/knowledge.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { macrosQuery } from '../data/knowledge.ts'
import { queryClient } from '../data/query-client.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useMe } from '../session/use-me.ts'
import { DataTable } from './data-table.tsx'
import { Room } from './room.tsx'
import { run } from './run.ts'
import styles from './settings.module.css'

type OneMacro = z.infer<typeof Macro>

function MacroDialog({ macro, close }: { macro: OneMacro | null; close: () => void }) {
  const { t } = useWords()
  const { may } = useMe()
  const [body, setBody] = useState({
    title: macro?.title ?? '',
    text: macro?.text ?? '',
    shared: macro?.shared ?? false,
  })
  const act = async () => {
    await (macro
      ? call(macros.changeMacro, { params: { id: macro.id }, body })
      : call(macros.createMacro, { body }))
    await queryClient.invalidateQueries({ queryKey: ['macros'] })
  }
  return (
    <Dialog
      title={t(macro ? 'macros.edit' : 'macros.add')}
      word={t('states.save')}
      close={close}
      act={act}
      ready={body.title.trim() !== '' && body.text.trim() !== ''}
    >
      <TextInput
        label={t('macros.title')}
        maxLength={80}
        value={body.title}
        onChange={(event) => setBody({ ...body, title: event.currentTarget.value })}
        data-autofocus
      />
      <Textarea
        label={t('macros.text')}
        description={t('macros.textHint')}
        autosize
        minRows={4}
        maxRows={14}
        maxLength={8000}
        value={body.text}
        onChange={(event) => setBody({ ...body, text: event.currentTarget.value })}
      />
      {may('supervisor', 'designer') && (
        <Checkbox
          label={t('macros.shared')}
          checked={body.shared}
          onChange={(event) => setBody({ ...body, shared: event.currentTarget.checked })}
        />
      )}
    </Dialog>
  )
}

/** Prepared answers: everybody's and one's own. */
export function Macros() {
  const { t } = useWords()
  const query = useQuery(macrosQuery)
  const [edited, setEdited] = useState<OneMacro | 'new' | null>(null)
  const [removed, setRemoved] = useState<OneMacro | null>(null)
  const putBack = ({ title, text, shared }: OneMacro) =>
    void run(
      call(macros.createMacro, { body: { title, text, shared } }).then(() => setRemoved(null)),
      ['macros'],
    )
  return (
    <Room
      title={t('sections.macros')}
      query={query}
      action={<Button onClick={() => setEdited('new')}>{t('macros.add')}</Button>}
    >
      {(rows) => (
        <>
          {removed && (
            <p className={styles.notice} role="status">
              {t('macros.removed', { title: removed.title })}{' '}
              <Button variant="subtle" size="compact-xs" onClick={() => putBack(removed)}>
                {t('macros.putBack')}
              </Button>
            </p>
          )}
          <DataTable
            rows={rows}
            columns={[
              {
                head: t('macros.title'),
                cell: (one) => (
                  <>
                    {one.title}
                    {one.shared && <div className={styles.dim}>{t('macros.shared')}</div>}
                  </>
                ),
              },
              {
                head: t('macros.text'),
                cell: (one) => <span style={{ whiteSpace: 'pre-wrap' }}>{one.text}</span>,
              },
              { head: t('macros.uses'), cell: (one) => one.uses },
              {
                head: '',
                cell: (one) => (
                  <Group gap={4} wrap="nowrap" justify="flex-end">
                    <Button variant="default" onClick={() => setEdited(one)}>
                      {t('macros.edit')}
                    </Button>
                    <Button
                      variant="subtle"
                      color="gray"
                      onClick={() =>
                        void run(
                          call(macros.deleteMacro, { params: { id: one.id } }).then(() => setRemoved(one)),
                          ['macros'],
                        )
                      }
                    >
                      {t('macros.remove')}
                    </Button>
                  </Group>
                ),
              },
            ]}
          />
          {edited && <MacroDialog macro={edited === 'new' ? null : edited} close={() => setEdited(null)} />}
        </>
      )}
    </Room>
  )
}
