import { h, type VNode } from 'preact'
import { useState } from 'preact/hooks'
import { help } from '../../../contracts/articles.ts'
import { articlePath, renderMarkup } from '../../shared/markdown/index.ts'
import { linkTo } from '../app/route.ts'
import { call } from '../data/api.ts'
import { useReading } from '../data/reading.ts'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import type { Ask } from './ask.ts'
import styles from './settings.module.css'
import { useSettingsWords } from './settings-words.ts'
import { stepsOf } from './steps-of.ts'

/** The article that says how phones are set up; designers keep it. */
const ARTICLE = 'apn-settings'
const TOPICS = ['internet', 'mms'] as const

/** Sets a phone up: the operator's settings by SMS, and the steps for one's own kind of phone. */
export function DeviceHelp({ ask }: { readonly ask: Ask }) {
  const { w, locale } = useSettingsWords()
  const [phone, setPhone] = useState('')
  const { value: article } = useReading(`article:${locale}:${ARTICLE}`, () =>
    call(help.getArticle, { params: { key: ARTICLE }, query: { locale } }),
  )
  const steps = stepsOf(article?.body ?? '')
  const chosen = steps.find((one) => one.phone === phone)
  const send = (topic: (typeof TOPICS)[number]) =>
    ask(
      { kind: 'send-settings', topic, ...(chosen && { model: chosen.phone.slice(0, 80) }) },
      w.settings.sending[topic],
      w.settings.sendSettings,
      w.settings.settingsSent,
    )
  return (
    <section class={parts.card} aria-labelledby="device-help">
      <h2 id="device-help">{w.settings.device}</h2>
      <p class={styles.lead}>{w.settings.settingsLead}</p>
      {steps.length > 0 && (
        <label class={parts.field}>
          <span>{w.settings.whichPhone}</span>
          <select class={parts.input} value={phone} onChange={(event) => setPhone(event.currentTarget.value)}>
            <option value="">{w.settings.anyPhone}</option>
            {steps.map((one) => (
              <option key={one.phone} value={one.phone}>
                {one.phone}
              </option>
            ))}
          </select>
        </label>
      )}
      {chosen && (
        <div class={styles.steps} lang={article?.locale} aria-live="polite">
          {renderMarkup<VNode>(chosen.text, (tag, props, ...children) => h(tag, props, ...children), {
            titleLevel: 3,
            toArticle: (key) => ({ href: articlePath(key) }),
          })}
        </div>
      )}
      <div class={styles.inline}>
        {TOPICS.map((topic) => (
          <Button key={topic} look="soft" onClick={() => send(topic)}>
            {w.settings.sending[topic]}
          </Button>
        ))}
      </div>
      <a class={styles.guide} {...linkTo('help', ARTICLE)}>
        {w.settings.deviceMore}
      </a>
    </section>
  )
}
