import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { type ContainmentBy, containment } from '../../../contracts/containment.ts'
import { call } from './api.ts'

/** What became of visits to the assistant in a period, days inclusive. */
export const containmentQuery = (period: { from: string; to: string }, by: ContainmentBy) =>
  queryOptions({
    queryKey: ['containment', period, by],
    queryFn: ({ signal }) => call(containment.readContainment, { query: { ...period, by }, signal }),
    placeholderData: keepPreviousData,
  })
