import { Skeleton, Tabs } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { type EditedFlow, flows } from '../../../contracts/assistant.ts'
import type { Flow } from '../../../contracts/flows.ts'
import { isProblem } from '../../shared/api/index.ts'
import { call } from '../data/api.ts'
import { useShortcuts } from '../palette/use-shortcuts.ts'
import { say, sayProblem } from '../parts/say.ts'
import { Failed } from '../parts/states.tsx'
import { useMe } from '../session/use-me.ts'
import { flowQuery, flowsQuery, intentsQuery } from './data.ts'
import { type FlowDraft, flowDrafts, isDirty, useFlowDraft } from './draft-store.ts'
import styles from './flow/flow.module.css'
import { FlowBar } from './flow/flow-bar.tsx'
import { FlowHistory } from './flow/flow-history.tsx'
import { FlowSettings } from './flow/flow-settings.tsx'
import { NewerNotice } from './flow/newer-notice.tsx'
import { ProblemStrip } from './flow/problem-strip.tsx'
import { PublishDialog } from './flow/publish-dialog.tsx'
import { TrafficPanel } from './flow/traffic-panel.tsx'
import { useFlowCheck, useStill } from './flow/use-flow-check.ts'
import { type Period, useTraffic } from './flow/use-traffic.ts'
import type { Describing } from './graph/describe-node.ts'
import { FlowGraph } from './graph/flow-graph.tsx'
import { connect, removeNode } from './model/edit-flow.ts'
import { StepPanel } from './step/step-panel.tsx'
import { firstSetting } from './trial/first-setting.ts'
import { Simulator } from './trial/simulator.tsx'
import { useTrial } from './trial/use-trial.ts'
import { useAssistantWords } from './words.ts'

type Panel = 'step' | 'trial' | 'flow' | 'history' | 'traffic' | 'graph'

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

function Workshop({ draft }: { draft: FlowDraft }) {
  const { t, locale } = useAssistantWords()
  const { base, history } = draft
  const { key } = base
  const flow = history.now
  const [chosen, setChosen] = useState<string | null>(null)
  const [panel, setPanel] = useState<Panel>('trial')
  const [publishing, setPublishing] = useState(false)
  const [period, setPeriod] = useState<Period | null>(null)
  const { traffic, data: figures } = useTraffic(key, period)
  const isNarrow = useMediaQuery('(max-width: 900px)')
  const { describing, flowKeys, intents, intentTitle } = useNames(locale)
  const still = useStill(flow)
  const { problems, isChecked } = useFlowCheck(key, still)
  const trial = useTrial(key, still, firstSetting(locale, t))
  const saving = useSaving(draft)
  const change = useCallback(
    (next: Flow, where?: string) => flowDrafts.change(key, next, where ?? null),
    [key],
  )
  const open = useCallback((id: string) => {
    setChosen(id)
    setPanel('step')
  }, [])
  useShortcuts({
    'mod+S': () => saving.save(),
    'mod+Z': () => flowDrafts.undo(key),
    'mod+shift+Z': () => flowDrafts.redo(key),
    'mod+Y': () => flowDrafts.redo(key),
  })
  const trialWay = useMemo(
    () => (trial.trial?.turns ?? []).flatMap((turn) => (turn.flow === key ? turn.way : [])),
    [trial.trial, key],
  )
  const node = chosen === null ? undefined : flow.nodes[chosen]
  const choose = useCallback((id: string | null) => setChosen(id), [])
  const graph = (
    <FlowGraph
      flow={flow}
      problems={problems}
      describing={describing}
      chosen={chosen}
      trialWay={trialWay}
      traffic={traffic}
      choose={choose}
      open={open}
      connect={(from, exit, to) => change(connect(flow, from, exit, to))}
      remove={(id) => {
        change(removeNode(flow, id))
        setChosen(null)
      }}
    />
  )
  const shown = panel === 'graph' && !isNarrow ? 'trial' : panel
  return (
    <div className={styles.page}>
      <FlowBar
        draft={draft}
        saving={saving.isPending}
        save={() => saving.save()}
        brought={saving.brought}
        publish={() => saving.save(() => setPublishing(true))}
        canPublish={
          isChecked &&
          still === flow &&
          problems.length === 0 &&
          (isDirty(draft) || base.draftVersion !== base.publishedVersion)
        }
        period={period}
        setPeriod={(next) => {
          setPeriod(next)
          if (next !== null) setPanel('traffic')
        }}
      />
      <NewerNotice draft={draft} />
      <div className={styles.work}>
        {!isNarrow && (
          <div className={styles.left}>
            {graph}
            <ProblemStrip problems={problems} open={open} openFlow={() => setPanel('flow')} />
          </div>
        )}
        <Tabs
          className={styles.panel}
          value={shown}
          onChange={(value) => value && setPanel(value as Panel)}
          keepMounted={false}
        >
          <Tabs.List>
            {isNarrow && <Tabs.Tab value="graph">{t('panel.graph')}</Tabs.Tab>}
            <Tabs.Tab value="step">{t('panel.step')}</Tabs.Tab>
            <Tabs.Tab value="trial">{t('panel.trial')}</Tabs.Tab>
            <Tabs.Tab value="flow">{t('panel.flow')}</Tabs.Tab>
            <Tabs.Tab value="history">{t('panel.history')}</Tabs.Tab>
            {period !== null && <Tabs.Tab value="traffic">{t('panel.traffic')}</Tabs.Tab>}
          </Tabs.List>
          {isNarrow && (
            <Tabs.Panel value="graph" className={styles.graphPanel}>
              {graph}
              <ProblemStrip problems={problems} open={open} openFlow={() => setPanel('flow')} />
            </Tabs.Panel>
          )}
          <Tabs.Panel value="step" className={styles.panelBody}>
            {node && chosen !== null ? (
              <StepPanel
                key={chosen}
                flow={flow}
                id={chosen}
                node={node}
                problems={problems.filter((one) => one.node === chosen)}
                describing={describing}
                flowKeys={flowKeys}
                change={change}
                choose={choose}
              />
            ) : (
              <p className={styles.dim}>{t('panel.noStep')}</p>
            )}
          </Tabs.Panel>
          <Tabs.Panel value="trial" className={styles.panelBody} data-fixed>
            <Simulator
              state={trial}
              flowKey={key}
              flowTitle={describing.flowTitle}
              intentTitle={intentTitle}
            />
          </Tabs.Panel>
          <Tabs.Panel value="flow" className={styles.panelBody}>
            <FlowSettings
              flow={flow}
              problems={problems.filter((one) => one.node === null)}
              intents={intents}
              change={change}
            />
          </Tabs.Panel>
          <Tabs.Panel value="history" className={styles.panelBody}>
            <FlowHistory base={base} moved={saving.moved} />
          </Tabs.Panel>
          <Tabs.Panel value="traffic" className={styles.panelBody}>
            {figures ? (
              <TrafficPanel traffic={figures} choose={choose} />
            ) : (
              <Skeleton height={200} aria-hidden />
            )}
          </Tabs.Panel>
        </Tabs>
      </div>
      {publishing && (
        <PublishDialog base={base} published={saving.moved} close={() => setPublishing(false)} />
      )}
    </div>
  )
}

/** What other flows and intents are called. */
function useNames(locale: 'ru' | 'en') {
  const { t } = useAssistantWords()
  const rows = useQuery(flowsQuery).data
  const intents = useQuery(intentsQuery).data
  return useMemo(() => {
    const flowTitle = (key: string) => rows?.find((one) => one.key === key)?.title[locale] ?? key
    const describing: Describing = { t, locale, flowTitle }
    return {
      describing,
      flowKeys: (rows ?? []).map(({ key }) => key),
      intents: intents ?? [],
      intentTitle: (key: string) => intents?.find((one) => one.key === key)?.title[locale] ?? key,
    }
  }, [t, locale, rows, intents])
}

/** Keeping the draft: what is written meanwhile stands on what was kept. */
function useSaving(draft: FlowDraft) {
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
      sayProblem(error)
      // The newer one comes, and is told above the graph.
      if (isProblem(error, 'conflict')) void client.invalidateQueries({ queryKey: flowQuery(key).queryKey })
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
