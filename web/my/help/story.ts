import { useEffect, useReducer } from 'preact/hooks'
import { v7 } from 'uuid'
import { type MyEntry, my } from '../../../contracts/my.ts'
import type { ServerFrame } from '../../../contracts/realtime.ts'
import { ApiProblem, isProblem } from '../../shared/api/index.ts'
import { call } from '../data/api.ts'
import { onLiveFrame, onLiveReady, tellLive } from '../data/live.ts'

/** A message that has not been confirmed yet: sent again under its own id, it is stored once. */
export interface Unsent {
  readonly id: string
  readonly text: string
  readonly writtenAt: string
  readonly state: 'sending' | 'waiting' | 'refused'
}

interface Story {
  entries: MyEntry[]
  unsent: Unsent[]
  next: string | null
  laneSeqs: Record<string, number>
  problem: ApiProblem | undefined
  loaded: boolean
}

const AGAIN_MS = 4_000
const keyOf = ({ laneId, seq }: MyEntry) => `${laneId}/${seq}`

/** Merges what came: a changed entry comes again under its old place. In order of time, then of the lane. */
function merge(known: readonly MyEntry[], came: readonly MyEntry[]): MyEntry[] {
  const all = new Map(known.map((entry) => [keyOf(entry), entry]))
  for (const entry of came) all.set(keyOf(entry), entry)
  return [...all.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.seq - b.seq))
}

/** The person’s story with us as a screen holds it: read, followed live, written to. */
export function useStory() {
  const [story, change] = useReducer((now: Story, next: (now: Story) => Story) => next(now), {
    entries: [],
    unsent: [],
    next: null,
    laneSeqs: {},
    problem: undefined,
    loaded: false,
  })
  const set = (part: Partial<Story>) => change((now) => ({ ...now, ...part }))
  const read = async () => {
    try {
      const { entries, next, laneSeqs } = await call(my.readMyTimeline, { query: {} })
      change((now) => ({
        ...now,
        entries: merge(now.entries, entries),
        next,
        laneSeqs,
        problem: undefined,
        loaded: true,
      }))
      tellLive({ type: 'my-watch', laneSeqs })
    } catch (error) {
      set({ problem: error instanceof ApiProblem ? error : new ApiProblem('internal'), loaded: true })
    }
  }
  const earlier = async () => {
    if (story.next === null) return
    const { entries, next } = await call(my.readMyTimeline, { query: { before: story.next } })
    change((now) => ({ ...now, entries: merge(now.entries, entries), next }))
  }
  const send = async ({ id, text, writtenAt }: Unsent) => {
    const mark = (state: Unsent['state']) =>
      change((now) => ({
        ...now,
        unsent: now.unsent.map((one) => (one.id === id ? { ...one, state } : one)),
      }))
    try {
      await call(my.sendMyMessage, { body: { id, text, writtenAt } })
      change((now) => ({ ...now, unsent: now.unsent.filter((one) => one.id !== id) }))
      await read()
    } catch (error) {
      mark(
        isProblem(error, 'network', 'timeout', 'unavailable', 'database_unavailable') ? 'waiting' : 'refused',
      )
    }
  }
  const write = (text: string) => {
    const message: Unsent = { id: v7(), text, writtenAt: new Date().toISOString(), state: 'sending' }
    change((now) => ({ ...now, unsent: [...now.unsent, message] }))
    void send(message)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once; what it calls works on the story as it is then
  useEffect(() => {
    void read()
    const unready = onLiveReady(() => void read())
    const deaf = onLiveFrame((frame: ServerFrame) => {
      if (frame.type === 'my-resync') void read()
      if (frame.type !== 'my-entries') return
      change((now) => ({
        ...now,
        entries: merge(now.entries, frame.entries),
        laneSeqs: { ...now.laneSeqs, ...frame.laneSeqs },
      }))
    })
    return () => {
      unready()
      deaf()
    }
  }, [])
  const waits = story.unsent.some(({ state }) => state === 'waiting')
  // biome-ignore lint/correctness/useExhaustiveDependencies: begins when something waits, ends when nothing does
  useEffect(() => {
    if (!waits) return
    const timer = setInterval(() => {
      for (const one of story.unsent) if (one.state === 'waiting') void send(one)
    }, AGAIN_MS)
    return () => clearInterval(timer)
  }, [waits, story.unsent])
  return { ...story, write, again: send, earlier, reload: read }
}
