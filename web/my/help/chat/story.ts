import { useEffect, useReducer } from 'preact/hooks'
import { type MyEntry, my } from '../../../../contracts/my.ts'
import type { ServerFrame } from '../../../../contracts/realtime.ts'
import { ApiProblem } from '../../../shared/api/index.ts'
import { call } from '../../data/api.ts'
import { onLiveFrame, onLiveReady, tellLive } from '../../data/live.ts'
import { isOnItsWay, onSent, type Place, type Unsent, useUnsent } from '../../data/outbox.ts'

interface Story {
  entries: MyEntry[]
  next: string | null
  laneSeqs: Record<string, number>
  problem: ApiProblem | undefined
  loaded: boolean
}

const keyOf = ({ laneId, seq }: MyEntry) => `${laneId}/${seq}`

/** Merges what came: a changed entry comes again under its old place. In order of time, then of the lane. */
function merge(known: readonly MyEntry[], came: readonly MyEntry[]): MyEntry[] {
  const all = new Map(known.map((entry) => [keyOf(entry), entry]))
  for (const entry of came) all.set(keyOf(entry), entry)
  return [...all.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.seq - b.seq))
}

/** What was sent stands where it came to stand at once, before the story is read again. */
function asEntry({ text, files }: Unsent, { laneId, seq, at }: Place): MyEntry[] {
  if (seq === null) return []
  const nothing = { name: null, edited: false, buttons: [], order: null, market: null }
  return [{ ...nothing, laneId, seq, at, channel: 'my', from: 'me', text, attachments: [...files] }]
}

/** The story may tell of a message before its sender has its answer: until then it stands there as one that is on its way, once. */
function withoutEchoes(known: readonly MyEntry[], came: readonly MyEntry[]): readonly MyEntry[] {
  const stands = new Set(known.map(keyOf))
  return came.filter(
    (entry) =>
      stands.has(keyOf(entry)) ||
      entry.channel !== 'my' ||
      entry.from !== 'me' ||
      !isOnItsWay(entry.text, entry.attachments),
  )
}

/** The person’s story with us as a screen holds it: read, followed live, written to. */
export function useStory() {
  const [story, change] = useReducer((now: Story, next: (now: Story) => Story) => next(now), {
    entries: [],
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
        entries: merge(now.entries, withoutEchoes(now.entries, entries)),
        // What was read of earlier days stays read, as long as the two meet.
        next: entries.some((one) => now.entries.some((known) => keyOf(known) === keyOf(one)))
          ? now.next
          : next,
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: once; what it calls works on the story as it is then
  useEffect(() => {
    void read()
    const unready = onLiveReady(() => void read())
    const deaf = onLiveFrame((frame: ServerFrame) => {
      if (frame.type === 'my-resync') void read()
      if (frame.type !== 'my-entries') return
      change((now) => ({
        ...now,
        entries: merge(now.entries, withoutEchoes(now.entries, frame.entries)),
        laneSeqs: { ...now.laneSeqs, ...frame.laneSeqs },
      }))
    })
    const gone = onSent((message, place) => {
      change((now) => ({ ...now, entries: merge(now.entries, asEntry(message, place)) }))
      // The first message opens a lane, which is followed from now on.
      void read()
    })
    return () => {
      unready()
      deaf()
      gone()
    }
  }, [])
  return { ...story, unsent: useUnsent(), earlier, reload: read }
}
