import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { AssistantIntent as Intent } from '../../../../contracts/assistant-examples.ts'
import { useAssistantWords } from '../words.ts'
import styles from './examples.module.css'
import type { Example } from './use-teaching.ts'

interface Props {
  readonly example: Example
  readonly intents: readonly Intent[]
  readonly move: (intent: string) => void
  readonly remove: () => void
}

/** An example, what the model takes it for, and what can be done with it. */
export function ExampleRow(props: Props) {
  const { t, locale } = useAssistantWords()
  const { example, intents } = props
  const { understoodAs } = example
  const titleOf = (key: string) => intents.find((one) => one.key === key)?.title[locale] ?? key
  return (
    <li>
      <span>
        {example.text}
        {understoodAs !== null && understoodAs !== example.intent && (
          <span className={styles.wrong}>{t('examples.takenFor', { what: titleOf(understoodAs) })}</span>
        )}
      </span>
      <ExampleMenu {...props} />
    </li>
  )
}

function ExampleMenu({ example, intents, move, remove }: Props) {
  const { t, locale } = useAssistantWords()
  const likely = example.understoodAs === example.intent ? null : example.understoodAs
  const others = intents.filter(({ key }) => key !== example.intent)
  // Where the model would put it stands first.
  const ordered = [...others].sort((a, b) => Number(b.key === likely) - Number(a.key === likely))
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon aria-label={t('examples.acts', { text: example.text })}>
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        <Menu.Item color="red" onClick={remove}>
          {t('examples.remove')}
        </Menu.Item>
        <Menu.Label>{t('examples.moveTo')}</Menu.Label>
        {ordered.map(({ key, title }) => (
          <Menu.Item key={key} onClick={() => move(key)}>
            {title[locale]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
