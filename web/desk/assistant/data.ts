import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { flows } from '../../../contracts/assistant.ts'
import { assistantExamples } from '../../../contracts/assistant-examples.ts'
import { call } from '../data/api.ts'

export const flowsQuery = queryOptions({
  queryKey: ['flows'],
  queryFn: ({ signal }) => call(flows.listFlows, { signal }),
})

/** Read again whenever somebody looks: what they write lies over it, and a newer version is told. */
export const flowQuery = (key: string) =>
  queryOptions({
    queryKey: ['flow', key],
    queryFn: ({ signal }) => call(flows.getFlow, { params: { key }, signal }),
  })

export const flowHistoryQuery = (key: string, version: number) =>
  infiniteQueryOptions({
    queryKey: ['flow-history', key, version],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(flows.listFlowHistory, { params: { key }, query: pageParam ? { after: pageParam } : {}, signal }),
    getNextPageParam: (page) => page.next,
  })

export const flowChangesQuery = (key: string, version: number, since: number) =>
  queryOptions({
    queryKey: ['flow-changes', key, version, since],
    queryFn: ({ signal }) =>
      call(flows.compareFlowTexts, { params: { key, version }, query: { since }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const intentsQuery = queryOptions({
  queryKey: ['assistant-intents'],
  queryFn: ({ signal }) => call(assistantExamples.listAssistantIntents, { signal }),
})

export const examplesQuery = (key: string) =>
  infiniteQueryOptions({
    queryKey: ['assistant-examples', key],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(assistantExamples.listAssistantExamples, {
        params: { key },
        query: { limit: 100, ...(pageParam && { after: pageParam }) },
        signal,
      }),
    getNextPageParam: (page) => page.next,
  })

export const confusionsQuery = queryOptions({
  queryKey: ['assistant-confusions'],
  queryFn: ({ signal }) => call(assistantExamples.listAssistantConfusions, { signal }),
})

export const unansweredQuery = queryOptions({
  queryKey: ['assistant-unanswered'],
  queryFn: ({ signal }) => call(assistantExamples.listUnanswered, { signal }),
})

const LEARNING_MS = 1_000

/** How the understanding stands; looked at every second while it learns. */
export const trainingQuery = queryOptions({
  queryKey: ['assistant-training'],
  queryFn: ({ signal }) => call(assistantExamples.getAssistantTraining, { signal }),
  refetchInterval: ({ state: { data } }) =>
    data && data.failure === null && (data.training || data.trained !== data.revision) ? LEARNING_MS : false,
})
