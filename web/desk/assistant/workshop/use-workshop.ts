import { useMediaQuery } from '@mantine/hooks'
import { useCallback, useState } from 'react'
import type { Flow } from '../../../../contracts/flows.ts'
import { useShortcuts } from '../../palette/use-shortcuts.ts'
import { type FlowDraft, flowDrafts, isDirty } from '../draft-store.ts'
import { useFlowCheck, useStill } from '../flow/use-flow-check.ts'
import { type Period, useTraffic } from '../flow/use-traffic.ts'
import { firstSetting } from '../trial/first-setting.ts'
import { useTrial } from '../trial/use-trial.ts'
import { useAssistantWords } from '../words.ts'
import { useNames } from './use-names.ts'
import { useSaving } from './use-saving.ts'

export type Panel = 'step' | 'trial' | 'flow' | 'history' | 'traffic' | 'graph'

/** Everything that lies on the bench: the draft and its problems, its trial, its traffic, what is chosen and shown. */
export type WorkshopState = ReturnType<typeof useWorkshop>

export function useWorkshop(draft: FlowDraft) {
  const { t, locale } = useAssistantWords()
  const { base, history } = draft
  const { key } = base
  const flow = history.now
  const view = useView()
  const [period, setPeriod] = useState<Period | null>(null)
  const { traffic, data: figures } = useTraffic(key, period)
  const names = useNames()
  const still = useStill(flow)
  const { problems, isChecked } = useFlowCheck(key, still)
  const trial = useTrial(key, still, firstSetting(locale, t))
  const saving = useSaving(draft)
  const change = useCallback(
    (next: Flow, where?: string) => flowDrafts.change(key, next, where ?? null),
    [key],
  )
  useShortcuts({
    'mod+S': () => saving.save(),
    'mod+Z': () => flowDrafts.undo(key),
    'mod+shift+Z': () => flowDrafts.redo(key),
    'mod+Y': () => flowDrafts.redo(key),
  })
  const hasNews = isDirty(draft) || base.draftVersion !== base.publishedVersion
  return {
    ...view,
    ...names,
    base,
    flow,
    change,
    saving,
    problems,
    canPublish: isChecked && still === flow && problems.length === 0 && hasNews,
    trial,
    traffic,
    figures,
    period,
    lookAt: (next: Period | null) => {
      setPeriod(next)
      if (next !== null) view.setPanel('traffic')
    },
  }
}

/** Which step is chosen, and what stands beside the graph; on a narrow screen the graph is a panel like the others. */
function useView() {
  const isNarrow = useMediaQuery('(max-width: 900px)')
  const [chosen, choose] = useState<string | null>(null)
  const [panel, setPanel] = useState<Panel>('trial')
  const open = useCallback((id: string) => {
    choose(id)
    setPanel('step')
  }, [])
  const shown: Panel = panel === 'graph' && !isNarrow ? 'trial' : panel
  return { isNarrow, chosen, choose, shown, setPanel, open }
}
