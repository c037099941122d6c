import { ActionIcon, Button, FileButton, Menu, Select, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconChevronLeft,
  IconDots,
  IconDownload,
  IconUpload,
} from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type EditedFlow, flows } from '../../../../contracts/assistant.ts'
import { isProblem, urlOf } from '../../../shared/api/index.ts'
import { call } from '../../data/api.ts'
import { say, sayProblem } from '../../parts/say.ts'
import { flowQuery } from '../data.ts'
import { type FlowDraft, flowDrafts, isDirty } from '../draft-store.ts'
import { useAssistantWords } from '../words.ts'
import styles from './flow.module.css'
import { PERIODS, type Period } from './use-traffic.ts'

interface Props {
  readonly draft: FlowDraft
  readonly saving: boolean
  readonly save: () => void
  /** A text from a file was kept. */
  readonly brought: (saved: EditedFlow) => void
  readonly publish: () => void
  readonly canPublish: boolean
  readonly period: Period | null
  readonly setPeriod: (period: Period | null) => void
}

/** What flow it is, how it stands, and what can be done with it as a whole. */
export function FlowBar({ draft, saving, save, brought, publish, canPublish, period, setPeriod }: Props) {
  const { t, locale } = useAssistantWords()
  const { base, history } = draft
  const dirty = isDirty(draft)
  return (
    <header className={styles.bar}>
      <Link to="/assistant/flows" className={styles.back} aria-label={t('flow.back')}>
        <IconChevronLeft size={18} />
      </Link>
      <h1 className={styles.title}>{history.now.title[locale] || base.key}</h1>
      <FlowBadges row={base} dirty={dirty} />
      <span className={styles.grow} />
      <Select
        aria-label={t('traffic.period')}
        value={period === null ? '' : String(period)}
        w={176}
        allowDeselect={false}
        data={[
          { value: '', label: t('traffic.off') },
          ...PERIODS.map((one) => ({ value: String(one), label: t(`traffic.days.d${one}`) })),
        ]}
        onChange={(value) => setPeriod(PERIODS.find((one) => String(one) === value) ?? null)}
      />
      <Tooltip label={`${t('flow.undo')} · Ctrl Z`}>
        <ActionIcon
          aria-label={t('flow.undo')}
          disabled={history.past.length === 0}
          onClick={() => flowDrafts.undo(base.key)}
        >
          <IconArrowBackUp size={17} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`${t('flow.redo')} · Ctrl Shift Z`}>
        <ActionIcon
          aria-label={t('flow.redo')}
          disabled={history.future.length === 0}
          onClick={() => flowDrafts.redo(base.key)}
        >
          <IconArrowForwardUp size={17} />
        </ActionIcon>
      </Tooltip>
      <FileMenu base={base} dirty={dirty} brought={brought} />
      <span className={styles.ends}>
        <Button variant="default" disabled={!dirty} loading={saving} onClick={save}>
          {t('flow.save')}
        </Button>
        <Button disabled={!canPublish} onClick={publish}>
          {t('flow.publish')}
        </Button>
      </span>
    </header>
  )
}

/** Whether it is in force, and whether there is something newer. */
export function FlowBadges({
  row: { publishedVersion, draftVersion },
  dirty = false,
}: {
  row: Pick<EditedFlow, 'publishedVersion' | 'draftVersion'>
  dirty?: boolean
}) {
  const { t } = useAssistantWords()
  return (
    <span className={styles.badges}>
      {publishedVersion === null ? (
        <span className={styles.badge}>{t('flow.neverPublished')}</span>
      ) : (
        <span className={styles.badge} data-tone="accent">
          {t('flow.inForce', { version: publishedVersion })}
        </span>
      )}
      {publishedVersion !== null && publishedVersion !== draftVersion && (
        <span className={styles.badge} data-tone="amber">
          {t('flow.newerDraft')}
        </span>
      )}
      {dirty && (
        <span className={styles.badge} data-tone="amber">
          {t('flow.unsaved')}
        </span>
      )}
    </span>
  )
}

const MOST_CHARACTERS = 400_000

function FileMenu({
  base,
  dirty,
  brought,
}: {
  base: EditedFlow
  dirty: boolean
  brought: (saved: EditedFlow) => void
}) {
  const { t } = useAssistantWords()
  const client = useQueryClient()
  const { key, version, draftVersion } = base
  const bring = useMutation({
    mutationFn: (yaml: string) =>
      call(flows.importFlow, { params: { key }, body: { basedOn: version, yaml } }),
    onSuccess: (saved) => {
      brought(saved)
      say(t(dirty ? 'flow.importedOver' : 'flow.imported'))
    },
    onError: (error) => {
      sayProblem(error)
      // The newer one comes, and is told above the graph.
      if (isProblem(error, 'conflict')) void client.invalidateQueries({ queryKey: flowQuery(key).queryKey })
    },
  })
  const read = async (file: File) => {
    const yaml = await file.text()
    // The beginning of a file may be read as a whole flow.
    if (yaml.length > MOST_CHARACTERS) say(t('flow.fileTooLong'))
    else bring.mutate(yaml)
  }
  const address = urlOf(flows.exportFlow, { params: { key, version: draftVersion } })
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon aria-label={t('flow.file')}>
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={address} download leftSection={<IconDownload size={15} />}>
          {t(dirty ? 'flow.exportSaved' : 'flow.export')}
        </Menu.Item>
        <FileButton accept=".yaml,.yml" onChange={(file) => file && void read(file)}>
          {(props) => (
            <Menu.Item {...props} leftSection={<IconUpload size={15} />} disabled={bring.isPending}>
              {t('flow.import')}
            </Menu.Item>
          )}
        </FileButton>
      </Menu.Dropdown>
    </Menu>
  )
}
