import { Tooltip } from '@mantine/core'
import {
  IconBrandTelegram,
  IconDeviceMobile,
  IconDeviceMobileMessage,
  IconMail,
  IconMessageCircle,
  IconMessages,
} from '@tabler/icons-react'
import type { ChannelKind } from '../../../contracts/channels.ts'
import { useWords } from '../app/words.ts'

const ICONS = {
  'web-chat': IconMessageCircle,
  max: IconMessages,
  telegram: IconBrandTelegram,
  email: IconMail,
  sms: IconDeviceMobileMessage,
  my: IconDeviceMobile,
} as const

/** A channel's icon and name, the same everywhere; with `bare` the name is in the tooltip and for screen readers. */
export function ChannelMark({
  channel,
  bare = false,
  size = 16,
}: {
  channel: ChannelKind
  bare?: boolean
  size?: number
}) {
  const { t } = useWords()
  const Icon = ICONS[channel]
  const name = t(`channel.${channel}`)
  if (!bare)
    return (
      <>
        <Icon size={size} stroke={1.7} aria-hidden /> {name}
      </>
    )
  return (
    <Tooltip label={name}>
      <span style={{ display: 'inline-flex' }}>
        <Icon size={size} stroke={1.7} aria-hidden />
        <span className="visually-hidden">{name}</span>
      </span>
    </Tooltip>
  )
}
