import { useQuery } from '@tanstack/react-query'
import type { ConnectionState } from '../../shared/realtime/index.ts'
import { queryClient } from '../data/query-client.ts'

/** Facts of the moment that only live frames bring; kept beside the data they belong to. */
export interface Typist {
  readonly kind: 'subscriber' | 'agent'
  readonly name: string | null
  readonly until: number
}
export interface Viewer {
  readonly id: string
  readonly name: string
}

const TYPING_MS = 5000
const still = { staleTime: Number.POSITIVE_INFINITY, enabled: false } as const

export const useConnection = () =>
  useQuery<ConnectionState>({
    queryKey: ['connection'],
    queryFn: () => ({ online: true, heardAt: null, returns: 0 }),
    ...still,
  }).data

export const useTypist = (conversationId: string) =>
  useQuery<Typist | null>({ queryKey: ['typing', conversationId], queryFn: () => null, ...still }).data ??
  null

export const useViewers = (conversationId: string) =>
  useQuery<readonly Viewer[]>({ queryKey: ['viewers', conversationId], queryFn: () => [], ...still }).data ??
  []

/** Somebody writes; forgotten after five seconds without another sign. */
export function noteTypist(conversationId: string, kind: Typist['kind'], name: string | null): void {
  const key = ['typing', conversationId]
  const typist: Typist = { kind, name, until: Date.now() + TYPING_MS }
  queryClient.setQueryData(key, typist)
  setTimeout(() => {
    if (queryClient.getQueryData<Typist | null>(key) === typist) queryClient.setQueryData(key, null)
  }, TYPING_MS)
}
