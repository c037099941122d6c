import { useMemo, useState } from 'react'
import type { FlowDraft } from '../draft-store.ts'
import styles from '../flow/flow.module.css'
import { FlowBar } from '../flow/flow-bar.tsx'
import { NewerNotice } from '../flow/newer-notice.tsx'
import { ProblemStrip } from '../flow/problem-strip.tsx'
import { PublishDialog } from '../flow/publish-dialog.tsx'
import { FlowGraph } from '../graph/flow-graph.tsx'
import { connect, removeNode } from '../model/edit-flow.ts'
import { SidePanel } from './side-panel.tsx'
import { useWorkshop, type WorkshopState } from './use-workshop.ts'

/** Where a flow is made: the bar above, the graph, and beside it the panel of what is looked at. */
export function Workshop({ draft }: { draft: FlowDraft }) {
  const state = useWorkshop(draft)
  const [publishing, setPublishing] = useState(false)
  const { base, saving, isNarrow } = state
  const graph = <GraphWithProblems state={state} />
  return (
    <main className={styles.page}>
      <FlowBar
        draft={draft}
        saving={saving.isPending}
        save={() => saving.save()}
        brought={saving.brought}
        publish={() => saving.save(() => setPublishing(true))}
        canPublish={state.canPublish}
        period={state.period}
        setPeriod={state.lookAt}
      />
      <NewerNotice draft={draft} />
      <div className={styles.work}>
        {!isNarrow && <div className={styles.left}>{graph}</div>}
        <SidePanel state={state} graph={isNarrow ? graph : null} />
      </div>
      {publishing && (
        <PublishDialog base={base} published={saving.moved} close={() => setPublishing(false)} />
      )}
    </main>
  )
}

function GraphWithProblems({ state }: { state: WorkshopState }) {
  const { base, flow, problems, trial, change, choose, open, setPanel } = state
  const trialWay = useMemo(
    () => (trial.trial?.turns ?? []).flatMap((turn) => (turn.flow === base.key ? turn.way : [])),
    [trial.trial, base.key],
  )
  return (
    <>
      <FlowGraph
        flow={flow}
        problems={problems}
        describing={state.describing}
        chosen={state.chosen}
        trialWay={trialWay}
        traffic={state.traffic}
        choose={choose}
        open={open}
        connect={(from, exit, to) => change(connect(flow, from, exit, to))}
        remove={(id) => {
          change(removeNode(flow, id))
          choose(null)
        }}
      />
      <ProblemStrip problems={problems} open={open} openFlow={() => setPanel('flow')} />
    </>
  )
}
