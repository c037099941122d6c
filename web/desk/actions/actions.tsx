import { ActionIcon, Button, type ButtonProps, Menu, Tooltip } from '@mantine/core'
import {
  IconArrowsJoin,
  IconBan,
  IconCheck,
  IconDots,
  IconHandGrab,
  IconMoodAngry,
  IconMoon,
  IconRobot,
  IconTag,
  IconUserShare,
} from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, type Ref, useEffect } from 'react'
import type { Conversation } from '../../../contracts/conversations.ts'
import { useWords } from '../app/words.ts'
import { useMe } from '../session/use-me.ts'
import { claim, handBack, mute, offerUndo, snooze } from './act.ts'
import { AssignDialog } from './assign-dialog.tsx'
import { JoinDialog } from './join-dialog.tsx'
import { closeDialog, openDialog, useDialog } from './open-dialog.ts'
import { ResolveDialog } from './resolve-dialog.tsx'
import { SnoozeDialog } from './snooze-dialog.tsx'
import { TopicDialog } from './topic-dialog.tsx'

const DIALOGS = {
  resolve: ResolveDialog,
  assign: AssignDialog,
  snooze: SnoozeDialog,
  topic: TopicDialog,
  join: JoinDialog,
} as const

interface Props {
  readonly conversation: Conversation
}

const UndoButton = ({ word, onClick }: { word: string; onClick: () => void }) => (
  <Button variant="light" size="compact-xs" onClick={onClick}>
    {word}
  </Button>
)

/** What can be done with a conversation: the likely thing is a button, the rest is one click away. */
export function Actions({ conversation }: Props) {
  const name = useDialog()
  useEffect(() => closeDialog, [])
  const Dialog = name && DIALOGS[name]
  return (
    <>
      <LikelyActions conversation={conversation} />
      <MoreActions conversation={conversation} />
      {Dialog && <Dialog conversation={conversation} close={closeDialog} />}
    </>
  )
}

interface ActButtonProps extends Omit<ButtonProps, 'children' | 'leftSection' | 'loading' | 'variant'> {
  readonly word: string
  readonly act: () => Promise<unknown>
  /** Given to the likeliest of all. */
  readonly icon?: ReactNode
  readonly ref?: Ref<HTMLButtonElement>
}

/** Acts at once; while the answer comes, it shows so and cannot be pressed again. */
function ActButton({ word, act, icon, ...rest }: ActButtonProps) {
  const run = useMutation({ mutationFn: act })
  return (
    <Button
      {...rest}
      variant={icon ? 'filled' : 'default'}
      leftSection={icon}
      loading={run.isPending}
      onClick={() => run.mutate()}
    >
      {word}
    </Button>
  )
}

function LikelyActions({ conversation: { id, state, assignee } }: Props) {
  const { t } = useWords()
  const { me } = useMe()
  return (
    <>
      {state === 'muted' && <ActButton word={t('actions.unmute')} act={() => mute(id, null)} />}
      {state === 'snoozed' && <ActButton word={t('actions.wake')} act={() => snooze(id, null)} />}
      {state === 'open' && !assignee && (
        <Tooltip label={`${t('actions.claim')} · C`}>
          <ActButton word={t('actions.claim')} act={() => claim(id)} icon={<IconHandGrab size={15} />} />
        </Tooltip>
      )}
      {state === 'open' && assignee && (
        <Tooltip label={`${t('actions.resolve')} · E`}>
          <Button
            variant={assignee.id === me?.member.id ? 'light' : 'default'}
            leftSection={<IconCheck size={15} />}
            onClick={() => openDialog('resolve')}
          >
            {t('actions.resolve')}
          </Button>
        </Tooltip>
      )}
    </>
  )
}

function MoreActions({ conversation: { id, state, assignee } }: Props) {
  const { t } = useWords()
  const muteAs = async (as: 'spam' | 'abuse') => {
    if (await mute(id, as))
      offerUndo(t(`actions.muted.${as}`), t('undo.undo'), () => void mute(id, null), UndoButton)
  }
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon aria-label={t('actions.more')}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconUserShare size={16} />}
          rightSection="A"
          onClick={() => openDialog('assign')}
        >
          {t('actions.assign')}
        </Menu.Item>
        <Menu.Item leftSection={<IconMoon size={16} />} rightSection="S" onClick={() => openDialog('snooze')}>
          {t('actions.snooze')}
        </Menu.Item>
        <Menu.Item leftSection={<IconTag size={16} />} onClick={() => openDialog('topic')}>
          {t('actions.topic')}
        </Menu.Item>
        {!assignee && (
          <Menu.Item
            leftSection={<IconCheck size={16} />}
            rightSection="E"
            onClick={() => openDialog('resolve')}
          >
            {t('actions.resolve')}
          </Menu.Item>
        )}
        {(state === 'open' || state === 'snoozed') && (
          <Menu.Item
            leftSection={<IconRobot size={16} />}
            onClick={() => void handBack(id, t('actions.handedBack'))}
          >
            {t('actions.handBack')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconArrowsJoin size={16} />} onClick={() => openDialog('join')}>
          {t('actions.join')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconBan size={16} />} onClick={() => void muteAs('spam')}>
          {t('actions.spam')}
        </Menu.Item>
        <Menu.Item leftSection={<IconMoodAngry size={16} />} onClick={() => void muteAs('abuse')}>
          {t('actions.abuse')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
