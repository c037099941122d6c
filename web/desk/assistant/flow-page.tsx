import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Failed } from '../parts/states.tsx'
import { useMe } from '../session/use-me.ts'
import { flowQuery } from './data.ts'
import { flowDrafts, useFlowDraft } from './draft-store.ts'
import { Workshop } from './workshop/workshop.tsx'

/** A flow: its graph, beside it the chosen step, the trial, the whole and its history. */
export function FlowPage() {
  const { flowKey } = useParams({ from: '/assistant/flows/$flowKey' })
  const { me } = useMe()
  const query = useQuery(flowQuery(flowKey))
  const draft = useFlowDraft(flowKey)
  const memberId = me?.member.id
  useEffect(() => {
    if (memberId && query.data) flowDrafts.receive(memberId, query.data)
  }, [memberId, query.data])
  if (draft) return <Workshop key={flowKey} draft={draft} />
  if (query.error) return <Failed error={query.error} retry={() => void query.refetch()} />
  return <Skeleton height="100%" aria-hidden />
}
