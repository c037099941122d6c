import { queryOptions } from '@tanstack/react-query'
import { assistant } from '../../../contracts/assistant.ts'
import { call } from './api.ts'

/** At which doors the assistant answers. */
export const assistantDoorsQuery = queryOptions({
  queryKey: ['assistant-doors'],
  queryFn: ({ signal }) => call(assistant.listAssistantDoors, { signal }),
})
