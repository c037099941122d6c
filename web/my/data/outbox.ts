import { useEffect, useReducer } from 'preact/hooks'
import { v7 } from 'uuid'
import { z } from 'zod'
import { Attachment } from '../../../contracts/entries.ts'
import { my } from '../../../contracts/my.ts'
import { ApiProblem } from '../../shared/api/index.ts'
import { call, isPassing } from './api.ts'

/** A message that has not been confirmed yet: sent again under its own id, it is stored once. */
export interface Unsent {
  readonly id: string
  readonly text: string
  /** Uploaded already; a message leaves with all of its files. */
  readonly files: readonly Attachment[]
  /** Payload of the button that was pressed to say this. */
  readonly choice?: string | undefined
  readonly writtenAt: string
  readonly state: 'sending' | 'waiting' | 'refused'
  /** Why it waits or was refused. */
  readonly problem?: ApiProblem
}

/** Where a message came to stand; without `seq` it stood there already. */
export interface Place {
  readonly laneId: string
  readonly seq: number | null
  readonly at: string
}

/** With the tab, and no longer: the device may be one that others use too. */
const KEPT = 'my-unsent'
const AGAIN_MS = 4_000
const watchers = new Set<() => void>()
const hearers = new Set<(message: Unsent, place: Place) => void>()
let unsent: readonly Unsent[] = []
let draft = ''
let owner: string | undefined
let isCarrying = false
let timer: ReturnType<typeof setInterval> | undefined

function put(next: readonly Unsent[]): void {
  unsent = next
  if (next.length === 0) sessionStorage.removeItem(KEPT)
  else sessionStorage.setItem(KEPT, JSON.stringify({ owner, unsent: next }))
  for (const look of watchers) look()
  const waits = next.some(({ state }) => state === 'waiting')
  if (!waits) clearInterval(timer)
  else if (timer === undefined) timer = setInterval(() => void carry(), AGAIN_MS)
  if (!waits) timer = undefined
}

const change = (id: string, part: Partial<Unsent>) =>
  put(unsent.map((one) => (one.id === id ? { ...one, ...part } : one)))

/** One after the other, in the order of writing; what was refused stands aside. */
async function carry(): Promise<void> {
  if (isCarrying) return
  isCarrying = true
  for (let head = nextToSend(); head; head = nextToSend()) if (!(await send(head))) break
  isCarrying = false
}

const nextToSend = () => unsent.find(({ state }) => state !== 'refused')

/** Gives false when it is to be tried again later. */
async function send(message: Unsent): Promise<boolean> {
  const { id, text, files, choice, writtenAt } = message
  change(id, { state: 'sending' })
  try {
    const attachmentIds = files.map((file) => file.id)
    const place = await call(my.sendMyMessage, { body: { id, text, attachmentIds, choice, writtenAt } })
    for (const hear of hearers) hear(message, place)
    put(unsent.filter((one) => one.id !== id))
    return true
  } catch (error) {
    const problem = error instanceof ApiProblem ? error : new ApiProblem('internal')
    if (!isPassing(problem)) change(id, { state: 'refused', problem })
    // What was written after it waits for the same.
    else put(unsent.map((one) => (one.state === 'refused' ? one : { ...one, state: 'waiting', problem })))
    return !isPassing(problem)
  }
}

/** Sends what somebody wrote; what cannot leave now leaves when there is a network again, whatever screen is looked at then. */
export function write(message: Pick<Unsent, 'text' | 'files' | 'choice'>): void {
  put([...unsent, { ...message, id: v7(), writtenAt: new Date().toISOString(), state: 'sending' }])
  void carry()
}

/** Tries once more what was refused. */
export function sendAgain({ id }: Unsent): void {
  change(id, { state: 'sending' })
  void carry()
}

/** Gives up what was refused. */
export const dropUnsent = ({ id }: Unsent): void => put(unsent.filter((one) => one.id !== id))

/** Whether just this has left, and its answer has not come: where it came to stand is told soon (`onSent`). */
export const isOnItsWay = (text: string | null, files: readonly Attachment[]): boolean =>
  unsent.some((one) => one.state === 'sending' && one.text === text && idsOf(one.files) === idsOf(files))

const idsOf = (files: readonly Attachment[]): string => files.map(({ id }) => id).join()

/** What waits to be sent. */
export function useUnsent(): readonly Unsent[] {
  const [, look] = useReducer((n: number) => n + 1, 0)
  useEffect(() => {
    const watch = look as () => void
    watchers.add(watch)
    return () => {
      watchers.delete(watch)
    }
  }, [])
  return unsent
}

/** Hears of each message that has been sent. */
export function onSent(hear: (message: Unsent, place: Place) => void): () => void {
  hearers.add(hear)
  return () => {
    hearers.delete(hear)
  }
}

/** What somebody began to write; it stays while they look elsewhere. */
export const readDraft = (): string => draft
export const keepDraft = (text: string): void => {
  draft = text
}

/** Takes up what the same person could not send before; what is somebody else's is dropped. */
export function takeUpUnsent(subscriberId: string): void {
  if (owner === subscriberId) return
  owner = subscriberId
  draft = ''
  const kept = readKept()
  put(kept.owner === subscriberId ? kept.unsent.map((one) => ({ ...one, state: 'waiting' })) : [])
  void carry()
}

const Kept = z.object({
  owner: z.string(),
  unsent: z.array(
    z.object({
      id: z.string(),
      text: z.string(),
      files: z.array(Attachment).default([]),
      choice: z.string().optional(),
      writtenAt: z.string(),
    }),
  ),
})

function readKept(): z.infer<typeof Kept> {
  try {
    return Kept.parse(JSON.parse(sessionStorage.getItem(KEPT) ?? ''))
  } catch {
    return { owner: '', unsent: [] }
  }
}

/** Nothing that was written stays with the device after somebody has signed out. */
export function forgetUnsent(): void {
  put([])
  draft = ''
  owner = undefined
}
