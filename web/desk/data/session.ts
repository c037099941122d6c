import { queryOptions } from '@tanstack/react-query'
import { staff } from '../../../contracts/staff.ts'
import { call } from './api.ts'

/** Who is signed in; the whole desk hangs on it. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call(staff.getMe, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

export const signInOptionsQuery = queryOptions({
  queryKey: ['sign-in-options'],
  queryFn: ({ signal }) => call(staff.signInOptions, { signal }),
})

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => call(staff.listSessions, { signal }),
})

export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: ({ signal }) => call(staff.listMembers, { signal }),
  staleTime: 60_000,
})
