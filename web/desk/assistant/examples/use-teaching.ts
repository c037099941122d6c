import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { type AssistantExample, assistantExamples } from '../../../../contracts/assistant-examples.ts'
import { call } from '../../data/api.ts'
import { examplesQuery, intentsQuery, trainingQuery } from '../data.ts'

export type Example = z.output<typeof AssistantExample>

/** Examples of an intent are added, moved to another and taken away; the words taken away last can be put back. */
export function useTeaching(intentKey: string) {
  const taught = useTaught(intentKey)
  const [removed, setRemoved] = useState<string | null>(null)
  const teach = useMutation({
    mutationFn: (text: string) =>
      call(assistantExamples.addAssistantExample, { body: { intent: intentKey, text } }),
    onSuccess: taught,
  })
  const remove = useMutation({
    mutationFn: ({ id }: Example) => call(assistantExamples.removeAssistantExample, { params: { id } }),
    onSuccess: (_, { text }) => {
      setRemoved(text)
      return taught()
    },
  })
  const move = useMutation({
    mutationFn: ({ id, intent }: { id: string; intent: string }) =>
      call(assistantExamples.moveAssistantExample, { params: { id }, body: { intent } }),
    onSuccess: taught,
  })
  return {
    teach,
    removed,
    remove: remove.mutate,
    move: move.mutate,
    putBack: (text: string) => {
      teach.mutate(text)
      setRemoved(null)
    },
    failure: teach.error ?? remove.error ?? move.error,
  }
}

/** After something was taught: lists are read again, and how the understanding learns it is watched. */
function useTaught(intentKey: string) {
  const client = useQueryClient()
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: examplesQuery(intentKey).queryKey }),
      client.invalidateQueries({ queryKey: intentsQuery.queryKey }),
      client.invalidateQueries({ queryKey: trainingQuery.queryKey }),
    ])
}
