import { useEffect, useReducer } from 'preact/hooks'
import { v7 } from 'uuid'
import { z } from 'zod'
import { my } from '../../../contracts/my.ts'
import { isProblem } from '../../shared/api/index.ts'
import { call } from './api.ts'

/** A message that has not been confirmed yet: sent again under its own id, it is stored once. */
export interface Unsent {
  readonly id: string
  readonly text: string
  readonly writtenAt: string
  readonly state: 'sending' | 'waiting' | 'refused'
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
let timer: ReturnType<typeof setInterval> | undefined

function put(next: readonly Unsent[]): void {
  unsent = next
  if (next.length === 0) sessionStorage.removeItem(KEPT)
  else sessionStorage.setItem(KEPT, JSON.stringify({ owner, unsent: next }))
  for (const look of watchers) look()
  const waits = next.some(({ state }) => state === 'waiting')
  if (!waits) clearInterval(timer)
  else if (timer === undefined) timer = setInterval(sendWaiting, AGAIN_MS)
  if (!waits) timer = undefined
}

const mark = (id: string, state: Unsent['state']) =>
  put(unsent.map((one) => (one.id === id ? { ...one, state } : one)))

function sendWaiting(): void {
  for (const one of unsent) if (one.state === 'waiting') void send(one)
}

async function send(message: Unsent): Promise<void> {
  const { id, text, writtenAt } = message
  try {
    const place = await call(my.sendMyMessage, { body: { id, text, writtenAt } })
    for (const hear of hearers) hear(message, place)
    put(unsent.filter((one) => one.id !== id))
  } catch (error) {
    const later = isProblem(error, 'network', 'timeout', 'unavailable', 'database_unavailable')
    mark(id, later ? 'waiting' : 'refused')
  }
}

/** Sends what somebody wrote; what cannot leave now leaves when there is a network again, whatever screen is looked at then. */
export function write(text: string): void {
  const message: Unsent = { id: v7(), text, writtenAt: new Date().toISOString(), state: 'sending' }
  put([...unsent, message])
  void send(message)
}

/** Tries once more what was refused. */
export function sendAgain({ id }: Unsent): void {
  mark(id, 'sending')
  const message = unsent.find((one) => one.id === id)
  if (message) void send(message)
}

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
  sendWaiting()
}

const Kept = z.object({
  owner: z.string(),
  unsent: z.array(z.object({ id: z.string(), text: z.string(), writtenAt: z.string() })),
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
