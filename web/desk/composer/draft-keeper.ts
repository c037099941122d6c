import type { Attachment } from '../../../contracts/entries.ts'
import { isProblem } from '../../shared/api/index.ts'
import { createStore } from '../data/store.ts'

/** What is written and not sent. */
export interface DraftContent {
  readonly text: string
  readonly laneId: string | null
  readonly note: boolean
  readonly attachments: readonly Attachment[]
}

/** What the server keeps of it. */
export interface KeptDraft extends DraftContent {
  readonly version: number
}

export interface DraftKeeperOptions {
  /**
   * Writes it down over the version that was edited; gives the new version. `parting`: the page goes, the request must outlive it.
   * Throws `conflict` when another device wrote meanwhile.
   */
  readonly put: (content: DraftContent, version: number, parting: boolean) => Promise<number>
  /** What stands there instead, out of a `conflict`. */
  readonly currentOf: (error: unknown) => Pick<KeptDraft, 'text' | 'version'> | null
  /** Another device's words and ours met; the newest are kept. */
  readonly onConflict: () => void
}

export interface DraftKeeper {
  /** What is written now; the same object until it changes. */
  content(): DraftContent
  subscribe(listener: () => void): () => void
  change(part: Partial<DraftContent>): void
  /**
   * The words are on their way as a message: the field is empty, the server's copy stays until it has the message and drops it
   * by itself.
   */
  handOver(): void
  /** What the server keeps may be older than this: save it anew, changed or not. */
  touch(): void
  /** Takes over what the server has if it is newer and the agent is not writing. */
  adopt(draft: KeptDraft): void
  /** Saves what is not saved yet; never throws: what fails is tried again. */
  save(): Promise<void>
  /** The page goes or is put aside: the last words leave with it. */
  flush(): void
  /** Words that are nowhere but here, because saving failed. */
  isInDanger(): boolean
}

const PAUSE_MS = 800
const FIRST_REPEAT_MS = 2_000
const MOST_REPEAT_MS = 30_000
const MOST_CONFLICTS = 3
const PASSING = [
  'network',
  'timeout',
  'unavailable',
  'database_unavailable',
  'internal',
  'rate_limited',
] as const

const sameContent = (a: DraftContent, b: DraftContent): boolean =>
  a.text === b.text && a.attachments.map((one) => one.id).join() === b.attachments.map((one) => one.id).join()

/**
 * The unsent answer: here at once, on the server after a pause, so that a reload or another device finds it. One save is on its
 * way at a time; a failed one is repeated. When another device wrote meanwhile the newest wins: ours while we are writing, theirs
 * when we are not.
 */
export function createDraftKeeper(
  { put, currentOf, onConflict }: DraftKeeperOptions,
  kept: KeptDraft,
): DraftKeeper {
  const { version: keptVersion, ...keptContent } = kept
  const content = createStore<DraftContent>(keptContent)
  let version = keptVersion
  let isDirty = false
  let failures = 0
  let saving: Promise<void> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const later = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => void save(), ms)
  }
  const failed = (error: unknown) => {
    isDirty = true
    failures += 1
    // What was refused for good is refused again: it waits for the next word.
    if (isProblem(error, ...PASSING)) later(Math.min(MOST_REPEAT_MS, FIRST_REPEAT_MS * 2 ** (failures - 1)))
  }
  const write = async () => {
    for (let conflicts = 0; isDirty; ) {
      isDirty = false
      const written = content.get()
      try {
        version = await put(written, version, false)
        failures = 0
      } catch (error) {
        const theirs = conflicts++ < MOST_CONFLICTS ? currentOf(error) : null
        if (!theirs) return failed(error)
        isDirty = true
        version = theirs.version
        if (theirs.text !== '' && theirs.text !== written.text) onConflict()
      }
    }
  }
  const save = (): Promise<void> => {
    clearTimeout(timer)
    saving ??= write().finally(() => {
      saving = undefined
    })
    return saving
  }

  return {
    content: content.get,
    subscribe: content.subscribe,
    change: (part) => {
      isDirty = true
      content.set({ ...content.get(), ...part })
      later(PAUSE_MS)
    },
    handOver: () => {
      clearTimeout(timer)
      isDirty = false
      content.set({ ...content.get(), text: '', note: false, attachments: [] })
    },
    touch: () => {
      isDirty = true
      later(PAUSE_MS)
    },
    adopt: (draft) => {
      if (draft.version <= version) return
      version = draft.version
      if (isDirty || saving || sameContent(draft, content.get())) return
      const { version: _, ...theirs } = draft
      content.set(theirs)
      if (draft.text !== '') onConflict()
    },
    save,
    flush: () => {
      if (!isDirty && !saving) return
      clearTimeout(timer)
      isDirty = false
      // Over the version that a save still under way may be about to make: whichever comes first, these words stay.
      put(content.get(), saving ? version + 1 : version, true).then((made) => {
        version = Math.max(version, made)
      }, failed)
    },
    isInDanger: () => failures > 0 && isDirty,
  }
}
