import { Menu } from '@mantine/core'
import { IconChevronDown, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { ChannelKind } from '../../../contracts/channels.ts'
import { ConversationState } from '../../../contracts/conversations.ts'
import { useWords } from '../app/words.ts'
import { topicPath, topicsQuery } from '../data/knowledge.ts'
import { ChannelMark } from '../parts/channel-mark.tsx'
import styles from './inbox.module.css'
import { useInboxFilter } from './use-inbox-filter.ts'

interface Choice {
  readonly value: string
  readonly label: React.ReactNode
  readonly pick: () => void
}

function Filter({
  name,
  label,
  set,
  choices,
}: {
  name: string
  label: React.ReactNode
  set: boolean
  choices: readonly Choice[]
}) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={styles.filter} data-set={set}>
          <span className="visually-hidden">{name}:</span>
          {label}
          <IconChevronDown size={12} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {choices.map(({ value, label: text, pick }) => (
          <Menu.Item key={value} onClick={pick}>
            {text}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** By state, channel and topic; what is chosen stands in the URL. */
export function InboxFilters() {
  const { t, locale } = useWords()
  const { filter, change } = useInboxFilter()
  const tree = useQuery(topicsQuery).data?.topics ?? []
  const { state, channel, topicId } = filter
  return (
    <div className={styles.filters}>
      <Filter
        name={t('inbox.byState')}
        label={t(`state.${state}`)}
        set={state !== 'open'}
        choices={ConversationState.options.map((value) => ({
          value,
          label: t(`state.${value}`),
          pick: () => change({ state: value }),
        }))}
      />
      <Filter
        name={t('inbox.byChannel')}
        label={channel ? <ChannelMark channel={channel} size={13} /> : t('inbox.anyChannel')}
        set={channel !== undefined}
        choices={ChannelKind.options.map((value) => ({
          value,
          label: <ChannelMark channel={value} />,
          pick: () => change({ channel: value }),
        }))}
      />
      <Filter
        name={t('inbox.byTopic')}
        label={topicId ? topicPath(tree, topicId, locale) : t('inbox.anyTopic')}
        set={topicId !== undefined}
        choices={tree
          .filter((one) => !one.retired)
          .map(({ id }) => ({
            value: id,
            label: topicPath(tree, id, locale),
            pick: () => change({ topicId: id }),
          }))}
      />
      {(channel || topicId || state !== 'open') && (
        <button
          type="button"
          className={styles.filter}
          aria-label={t('inbox.clear')}
          onClick={() => change({ state: 'open', channel: undefined, topicId: undefined })}
        >
          <IconX size={14} aria-hidden />
        </button>
      )}
    </div>
  )
}
