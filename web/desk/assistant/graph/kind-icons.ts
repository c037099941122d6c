import {
  IconArrowFork,
  IconArrowRightCircle,
  IconBolt,
  IconDoorExit,
  IconFlag,
  IconHeadset,
  IconHelpCircle,
  IconMessage,
  IconPhoneCall,
  IconSwitchHorizontal,
} from '@tabler/icons-react'
import type { FlowNode } from '../../../../contracts/flows.ts'

/** Kinds of steps as they look everywhere. */
export const KIND_ICONS = {
  say: IconMessage,
  menu: IconSwitchHorizontal,
  ask: IconHelpCircle,
  do: IconBolt,
  when: IconArrowFork,
  go: IconArrowRightCircle,
  'hand-over': IconHeadset,
  'call-back': IconPhoneCall,
  'move-to': IconDoorExit,
  end: IconFlag,
} as const satisfies Record<FlowNode['kind'], unknown>
