import { useLineSettings } from '../data/lines.ts'
import parts from '../parts/parts.module.css'
import { Shown } from '../parts/states.tsx'
import type { Ask } from './ask.ts'
import { Block } from './block.tsx'
import { CodeWord } from './code-word.tsx'
import { Forwarding } from './forwarding.tsx'
import { Limit } from './limit.tsx'
import { useSettingsWords } from './settings-words.ts'

/** What the owner sets about the number itself. */
export function LineSection({ lineId, ask }: { readonly lineId: string; readonly ask: Ask }) {
  const { w } = useSettingsWords()
  return (
    <section class={parts.card} aria-labelledby="line-settings">
      <h2 id="line-settings">{w.settings.line}</h2>
      <Shown reading={useLineSettings(lineId)} rows={2}>
        {(settings) => (
          <ul class={parts.list}>
            <Limit name="spend-month" settings={settings} ask={ask} />
            <Limit name="roaming-day" settings={settings} ask={ask} />
            <Forwarding forwarding={settings.forwarding} ask={ask} />
            <CodeWord lineId={lineId} isSet={settings.codeWordSet} />
            <Block ask={ask} />
          </ul>
        )}
      </Shown>
    </section>
  )
}
