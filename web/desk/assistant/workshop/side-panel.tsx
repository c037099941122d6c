import { Skeleton, Tabs } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from '../flow/flow.module.css'
import { FlowHistory } from '../flow/flow-history.tsx'
import { FlowSettings } from '../flow/flow-settings.tsx'
import { TrafficPanel } from '../flow/traffic-panel.tsx'
import { StepPanel } from '../step/step-panel.tsx'
import { Simulator } from '../trial/simulator.tsx'
import { useAssistantWords } from '../words.ts'
import type { Panel, WorkshopState } from './use-workshop.ts'

interface Props {
  readonly state: WorkshopState
  /** The graph, where there is no room for it beside. */
  readonly graph: ReactNode
}

/** The chosen step, the trial, the flow as a whole, its history and its traffic: one of them at a time. */
export function SidePanel({ state, graph }: Props) {
  const { t } = useAssistantWords()
  const { base, flow, problems, change, figures } = state
  const panels: Panel[] = ['step', 'trial', 'flow', 'history']
  if (graph) panels.unshift('graph')
  if (state.period !== null) panels.push('traffic')
  return (
    <Tabs
      className={styles.panel}
      value={state.shown}
      onChange={(value) => value && state.setPanel(value as Panel)}
      keepMounted={false}
    >
      <Tabs.List>
        {panels.map((panel) => (
          <Tabs.Tab key={panel} value={panel}>
            {t(`panel.${panel}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {graph && (
        <Tabs.Panel value="graph" className={styles.graphPanel}>
          {graph}
        </Tabs.Panel>
      )}
      <Tabs.Panel value="step" className={styles.panelBody}>
        <ChosenStep state={state} />
      </Tabs.Panel>
      <Tabs.Panel value="trial" className={styles.panelBody} data-fixed>
        <Simulator
          state={state.trial}
          flowKey={base.key}
          flowTitle={state.describing.flowTitle}
          intentTitle={state.intentTitle}
        />
      </Tabs.Panel>
      <Tabs.Panel value="flow" className={styles.panelBody}>
        <FlowSettings
          flow={flow}
          problems={problems.filter((one) => one.node === null)}
          intents={state.intents}
          change={change}
        />
      </Tabs.Panel>
      <Tabs.Panel value="history" className={styles.panelBody}>
        <FlowHistory base={base} moved={state.saving.moved} />
      </Tabs.Panel>
      <Tabs.Panel value="traffic" className={styles.panelBody}>
        {figures ? (
          <TrafficPanel traffic={figures} choose={state.choose} />
        ) : (
          <Skeleton height={200} aria-hidden />
        )}
      </Tabs.Panel>
    </Tabs>
  )
}

function ChosenStep({ state }: { state: WorkshopState }) {
  const { t } = useAssistantWords()
  const { flow, chosen, problems } = state
  const node = chosen === null ? undefined : flow.nodes[chosen]
  if (chosen === null || !node) return <p className={styles.dim}>{t('panel.noStep')}</p>
  return (
    <StepPanel
      key={chosen}
      flow={flow}
      id={chosen}
      node={node}
      problems={problems.filter((one) => one.node === chosen)}
      describing={state.describing}
      flowKeys={state.flowKeys}
      change={state.change}
      choose={state.choose}
    />
  )
}
