import { useQuery } from '@tanstack/react-query'
import { queryClient } from '../../data/query-client.ts'
import type { Draft } from './rules-draft.ts'

/** Beside what the desk knows, so that it goes when the desk locks; never refetched. */
const KEY = ['market-rules-draft']

interface Kept {
  readonly draft: Draft
  /** The version that was in force when somebody last looked at it. */
  readonly basedOn: number
}

/** What is typed and not published: it stays while one walks through the desk, in this tab alone. */
export function useRulesDraft(): readonly [Kept | null, (kept: Kept | null) => void] {
  const kept =
    useQuery<Kept | null>({
      queryKey: KEY,
      queryFn: () => null,
      enabled: false,
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: Number.POSITIVE_INFINITY,
    }).data ?? null
  return [kept, (next) => queryClient.setQueryData<Kept | null>(KEY, next)]
}
