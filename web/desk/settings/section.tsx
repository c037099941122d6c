import { Skeleton } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { type ComponentType, lazy, Suspense } from 'react'
import { bring } from '../app/bring.ts'
import { NoSuchPage } from '../parts/no-such-page.tsx'
import { useMe } from '../session/use-me.ts'
import { isSection, type SectionName, sectionsFor } from './sections.ts'

const load = <K extends string>(name: K, from: () => Promise<Record<K, ComponentType>>) =>
  lazy(async () => ({ default: (await bring(from)())[name] }))

// The catalogue has a route of its own: what is open in it stands in the URL.
const ROOMS: Readonly<Record<Exclude<SectionName, 'catalogue'>, ComponentType>> = {
  profile: load('Profile', () => import('./profile.tsx')),
  sessions: load('Sessions', () => import('./sessions.tsx')),
  macros: load('Macros', () => import('./macros.tsx')),
  topics: load('Topics', () => import('./topics.tsx')),
  channels: load('Channels', () => import('./channels.tsx')),
  staff: load('Staff', () => import('./staff.tsx')),
  accesses: load('Accesses', () => import('./accesses.tsx')),
  changes: load('Changes', () => import('./changes.tsx')),
  tokens: load('Tokens', () => import('./tokens.tsx')),
  webhooks: load('Webhooks', () => import('./webhooks.tsx')),
  retention: load('Retention', () => import('./retention.tsx')),
  erasures: load('Erasures', () => import('./erasures.tsx')),
}

/** One room of the settings, loaded when it is entered. */
export function Section() {
  const { section } = useParams({ from: '/settings/$section' })
  const { me } = useMe()
  // Typed by hand, or linked to by a colleague with other roles: what is not theirs is not there for them.
  const isTheirs = (name: SectionName) => !me || sectionsFor(me.member.roles).includes(name)
  if (!isSection(section) || !isTheirs(section) || section === 'catalogue') return <NoSuchPage />
  const Room = ROOMS[section]
  return (
    <Suspense fallback={<Skeleton height={160} maw={640} />}>
      <Room />
    </Suspense>
  )
}
