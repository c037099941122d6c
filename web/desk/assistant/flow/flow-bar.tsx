import { ActionIcon, Button, FileButton, Menu, Select, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconChevronLeft,
  IconDots,
  IconDownload,
  IconUpload,
} from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type EditedFlow, flows } from '../../../../contracts/assistant.ts'
import { urlOf } from '../../../shared/api/index.ts'
import { call } from '../../data/api.ts'
import { say, sayProblem } from '../../parts/say.ts'
import { type FlowDraft, flowDrafts, isDirty } from '../draft-store.ts'
import { useAssistantWords } from '../words.ts'
import styles from './flow.module.css'
import { PERIODS, type Period } from './use-traffic.ts'

interface Props {
  readonly draft: FlowDraft
  readonly saving: boolean
  readonly save: () => void
  readonly publish: () => void
  readonly canPublish: boolean
  readonly period: Period | null
  readonly setPeriod: (period: Period | null) => void
}

/** What flow it is, how it stands, and what can be done with it as a whole. */
export function FlowBar({ draft, saving, save, publish, canPublish, period, setPeriod }: Props) {
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
      <FileMenu base={base} dirty={dirty} />
      <Button variant="default" disabled={!dirty} loading={saving} onClick={save}>
        {t('flow.save')}
      </Button>
      <Button disabled={!canPublish} onClick={publish}>
        {t('flow.publish')}
      </Button>
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

const MOST_BYTES = 400_000

function FileMenu({ base, dirty }: { base: EditedFlow; dirty: boolean }) {
  const { t } = useAssistantWords()
  const { key, version, draftVersion } = base
  const bring = useMutation({
    mutationFn: async (file: File) =>
      call(flows.importFlow, {
        params: { key },
        body: { basedOn: version, yaml: (await file.text()).slice(0, MOST_BYTES) },
      }),
    onSuccess: (saved) => {
      flowDrafts.replace(saved)
      say(t('flow.imported'))
    },
    onError: sayProblem,
  })
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
        <FileButton accept=".yaml,.yml" onChange={(file) => file && bring.mutate(file)}>
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
