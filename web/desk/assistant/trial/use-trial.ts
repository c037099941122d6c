import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { flows, type PretendedLine, type Trial } from '../../../../contracts/assistant.ts'
import type { Flow } from '../../../../contracts/flows.ts'
import type { Locale } from '../../../../contracts/primitives.ts'
import { call } from '../../data/api.ts'

/** As what the flow is tried: in writing, or as a telephone says it. */
export type Mode = 'text' | 'phone'

/** Who tries it, where and when, and on what line. */
export interface Setting {
  readonly mode: Mode
  readonly locale: Locale
  readonly trust: number
  /** Null: that of the mode. */
  readonly channel: string | null
  /** Null: as late as it is. */
  readonly hour: number | null
  readonly topic: string
  readonly line: PretendedLine
}

/** What was done, and how it reads in the transcript; null: it is secret. */
export interface Said {
  readonly input: { said: string; choice?: string } | { silence: true }
  readonly shown: string | null
}

export type Turn = Trial['turns'][number]

export interface TrialState {
  readonly setting: Setting
  readonly said: readonly Said[]
  readonly trial: Trial | undefined
  readonly error: unknown
  /** What was said last is not answered yet. */
  readonly isPending: boolean
  set(setting: Partial<Setting>): void
  say(said: Said): void
  back(): void
  restart(): void
}

const MOST_INPUTS = 100
const CHANNEL_OF = { text: 'web-chat', phone: 'voice' } as const

/** A dialog with the text as it stands: whatever is changed in it or in its conditions is played anew from the beginning. */
export function useTrial(key: string, flow: Flow, first: Setting): TrialState {
  const [setting, setSetting] = useState(first)
  const [said, setSaid] = useState<readonly Said[]>([])
  const { locale, trust, line, mode, channel, hour, topic } = setting
  const body = {
    flow,
    locale,
    trust,
    line,
    facts: {
      channel: channel ?? CHANNEL_OF[mode],
      hour: hour ?? new Date().getHours(),
      ...(topic !== '' && { topic }),
    },
    inputs: said.map(({ input }) => input),
  }
  const query = useQuery({
    queryKey: ['flow-trial', key, body],
    queryFn: ({ signal }) => call(flows.tryFlow, { params: { key }, body, signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  return {
    setting,
    said,
    trial: query.data,
    error: query.error,
    isPending: query.isPlaceholderData || query.isPending,
    set: (change) => setSetting((before) => ({ ...before, ...change })),
    say: (one) => setSaid((before) => (before.length < MOST_INPUTS ? [...before, one] : before)),
    back: () => setSaid((before) => before.slice(0, -1)),
    restart: () => setSaid([]),
  }
}
