import { Tooltip } from '@mantine/core'
import {
  IconShield,
  IconShieldCheck,
  IconShieldFilled,
  IconShieldHalf,
  IconShieldQuestion,
} from '@tabler/icons-react'
import { useWords } from '../app/words.ts'

const ICONS = [IconShieldQuestion, IconShield, IconShieldHalf, IconShieldCheck, IconShieldFilled] as const
const TONES = ['var(--amber)', 'var(--amber)', 'var(--muted)', 'var(--green)', 'var(--green)'] as const

const LEVELS = ['unknown', 'claimed', 'vouched', 'proved', 'signedIn'] as const

/** How sure we are who speaks, 0–4: an icon, its word on demand. */
export function TrustMark({ trust }: { trust: number }) {
  const { t } = useWords()
  const level = LEVELS[trust] ?? 'unknown'
  const Icon = ICONS[trust] ?? IconShieldQuestion
  const name = t(`trust.${level}`)
  return (
    <Tooltip label={name}>
      <span style={{ display: 'inline-flex', color: TONES[trust] }}>
        <Icon size={16} aria-hidden />
        <span className="visually-hidden">{name}</span>
      </span>
    </Tooltip>
  )
}
