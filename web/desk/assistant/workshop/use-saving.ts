import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { type EditedFlow, flows } from '../../../../contracts/assistant.ts'
import type { Flow } from '../../../../contracts/flows.ts'
import { isProblem } from '../../../shared/api/index.ts'
import { call } from '../../data/api.ts'
import { say, sayProblem } from '../../parts/say.ts'
import { flowQuery, flowsQuery } from '../data.ts'
import { type FlowDraft, flowDrafts, isDirty } from '../draft-store.ts'
import { useAssistantWords } from '../words.ts'

/** Keeps a text. What was put in force since it was read is no newer text, so that the one written here stands on it as well. */
async function keepText(client: QueryClient, base: EditedFlow, flow: Flow): Promise<EditedFlow> {
  const params = { key: base.key }
  const on = (basedOn: number) => call(flows.saveFlowDraft, { params, body: { basedOn, flow } })
  try {
    return await on(base.version)
  } catch (error) {
    if (!isProblem(error, 'conflict')) throw error
    // Where it is a newer text, it comes by this and is told above the graph.
    const read = await client.fetchQuery({ ...flowQuery(base.key), staleTime: 0 })
    if (read.draftVersion !== base.draftVersion) throw error
    return on(read.version)
  }
}

/** Keeping the draft: what is written meanwhile stands on what was kept. */
export function useSaving(draft: FlowDraft) {
  const { t } = useAssistantWords()
  const client = useQueryClient()
  const { base, history } = draft
  const { key } = base
  const tell = (saved: EditedFlow) => {
    client.setQueryData(flowQuery(key).queryKey, saved)
    void client.invalidateQueries({ queryKey: flowsQuery.queryKey })
  }
  const keep = useMutation({
    mutationFn: (written: Flow) => keepText(client, base, written),
    onSuccess: (saved, written) => {
      flowDrafts.kept(key, written, saved)
      tell(saved)
    },
    onError: (error) => {
      // A newer one is told above the graph: what is here stays, so it is not said to be replaced.
      if (!isProblem(error, 'conflict')) sayProblem(error)
    },
  })
  return {
    isPending: keep.isPending,
    save: (then?: () => void) => {
      if (!isDirty(draft)) return then?.()
      keep.mutate(history.now, {
        onSuccess: () => {
          if (then) then()
          else say(t('flow.saved'))
        },
      })
    },
    brought: (saved: EditedFlow) => {
      flowDrafts.replace(saved)
      tell(saved)
    },
    moved: (saved: EditedFlow) => {
      flowDrafts.moved(key, saved)
      tell(saved)
    },
  }
}
