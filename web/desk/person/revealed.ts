import { useQuery } from '@tanstack/react-query'
import { queryClient } from '../data/query-client.ts'

const keyOf = (contactPointId: string) => ['revealed', contactPointId]

/** An address in the clear for as long as the server allows, then masked again. */
export function showRevealed(contactPointId: string, address: string, hideAfterMs: number): void {
  queryClient.setQueryData(keyOf(contactPointId), address)
  setTimeout(() => queryClient.setQueryData(keyOf(contactPointId), null), hideAfterMs)
}

export const useRevealed = (contactPointId: string) =>
  useQuery<string | null>({
    queryKey: keyOf(contactPointId),
    queryFn: () => null,
    enabled: false,
    staleTime: Number.POSITIVE_INFINITY,
  }).data ?? null
