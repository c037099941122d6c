import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type EditedFlow, flows } from '../../../../contracts/assistant.ts'
import type { Flow } from '../../../../contracts/flows.ts'
import { isProblem } from '../../../shared/api/index.ts'
import { call } from '../../data/api.ts'
import { say, sayProblem } from '../../parts/say.ts'
import { flowQuery, flowsQuery } from '../data.ts'
import { type FlowDraft, flowDrafts, isDirty } from '../draft-store.ts'
import { useAssistantWords } from '../words.ts'

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
    mutationFn: (written: Flow) =>
      call(flows.saveFlowDraft, { params: { key }, body: { basedOn: base.version, flow: written } }),
    onSuccess: (saved, written) => {
      flowDrafts.kept(key, written, saved)
      tell(saved)
    },
    onError: (error) => {
      // The newer one comes, and is told above the graph: what is here stays, so it is not said to be replaced.
      if (isProblem(error, 'conflict')) void client.invalidateQueries({ queryKey: flowQuery(key).queryKey })
      else sayProblem(error)
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
