import { useState } from 'preact/hooks'
import type { LineSettings } from '../../../contracts/lines.ts'
import { my } from '../../../contracts/my.ts'
import type { OrderRequest } from '../../../contracts/orders.ts'
import { formatMoment, formatMoney, formatPhone } from '../../shared/format/index.ts'
import { problemText } from '../../shared/problems/index.ts'
import type { PageProps } from '../app/page-props.ts'
import { speak, useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { useLineSettings } from '../data/lines.ts'
import { lookAgain, useReading } from '../data/reading.ts'
import { signOut } from '../data/session.ts'
import { OrderSheet } from '../orders/order-sheet.tsx'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { Shown } from '../parts/states.tsx'
import { say } from '../parts/toast.tsx'
import { MyData } from './my-data.tsx'
import { Notifications } from './notifications.tsx'
import styles from './settings.module.css'

interface Asked {
  readonly request: OrderRequest
  readonly title: string
  readonly confirm: string
  readonly done: string
}

/** What a person sets about their number, this app and their devices. */
export function SettingsPage({ line }: PageProps) {
  const { w } = useWords()
  const [asked, setAsked] = useState<Asked>()
  const ask = (request: OrderRequest, title: string, confirm = w.settings.save, done = w.settings.saved) =>
    setAsked({ request, title, confirm, done })
  return (
    <>
      <h1>{w.settings.title}</h1>
      <Language />
      {line.role === 'owner' && <LineSection lineId={line.id} ask={ask} />}
      <Notifications />
      <Devices />
      <MyData />
      {asked && (
        <OrderSheet {...asked} lineId={line.id} nameOf={(code) => code} onClose={() => setAsked(undefined)} />
      )}
    </>
  )
}

function Language() {
  const { w, locale } = useWords()
  const choose = (next: 'ru' | 'en') => {
    speak(next)
    call(my.changeMySession, { body: { locale: next } }).then(
      () => lookAgain('session'),
      (error: unknown) => say({ text: problemText(error, next), tone: 'trouble' }),
    )
  }
  return (
    <fieldset class={styles.language}>
      <legend>{w.settings.language}</legend>
      {(['ru', 'en'] as const).map((one) => (
        <label key={one} lang={one}>
          <input type="radio" name="language" checked={locale === one} onChange={() => choose(one)} />
          {one === 'ru' ? 'Русский' : 'English'}
        </label>
      ))}
    </fieldset>
  )
}

type Ask = (request: OrderRequest, title: string, confirm?: string, done?: string) => void

function LineSection({ lineId, ask }: { lineId: string; ask: Ask }) {
  const { w } = useWords()
  return (
    <section class={parts.card} aria-labelledby="line-settings">
      <h2 id="line-settings">{w.settings.line}</h2>
      <Shown reading={useLineSettings(lineId)} rows={2}>
        {(settings) => (
          <ul class={parts.list}>
            <Limit settings={settings} ask={ask} />
            <Forwarding settings={settings} ask={ask} />
            <li class={styles.row}>
              <span>
                <b>{w.settings.settingsToPhone}</b>
                <small>{w.settings.settingsLead}</small>
              </span>
              <Button
                look="soft"
                onClick={() =>
                  ask(
                    { kind: 'send-settings', topic: 'internet' },
                    w.settings.settingsToPhone,
                    w.settings.sendSettings,
                    w.settings.settingsSent,
                  )
                }
              >
                {w.settings.sendSettings}
              </Button>
            </li>
            <li class={styles.row}>
              <span>
                <b>{w.settings.block}</b>
                <small>{w.settings.blockLead}</small>
              </span>
              <Button
                look="soft"
                onClick={() =>
                  ask(
                    { kind: 'block-line', reason: 'voluntary' },
                    w.settings.blockTitle,
                    w.settings.blockConfirm,
                    w.settings.blocked,
                  )
                }
              >
                {w.settings.blockConfirm}
              </Button>
            </li>
            {settings.people.map(({ id, name, role }) => (
              <li key={id} class={styles.row}>
                <span>
                  <b>{name}</b>
                  <small>{w.settings.role[role]}</small>
                </span>
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </section>
  )
}

function Limit({ settings, ask }: { settings: LineSettings; ask: Ask }) {
  const { w, locale } = useWords()
  const [roubles, setRoubles] = useState('')
  const { spendMonthKopecks } = settings.limits
  const amountKopecks = Math.round(Number(roubles.replace(',', '.')) * 100)
  return (
    <li class={styles.block}>
      <b>{w.settings.limit}</b>
      <small>
        {spendMonthKopecks === null
          ? w.settings.noLimit
          : w.settings.limitSet(formatMoney(spendMonthKopecks, locale))}{' '}
        · {w.settings.limitLead(formatMoney(settings.spentThisMonthKopecks, locale))}
      </small>
      <form
        class={styles.inline}
        onSubmit={(event) => {
          event.preventDefault()
          if (amountKopecks > 0)
            ask({ kind: 'set-limit', limit: 'spend-month', amountKopecks }, w.settings.limit)
        }}
      >
        <input
          class={parts.input}
          aria-label={w.finance.amount}
          placeholder={w.finance.amount}
          inputMode="decimal"
          value={roubles}
          onInput={(event) => setRoubles(event.currentTarget.value.replace(/[^\d.,]/g, ''))}
        />
        <Button look="soft" type="submit" disabled={!(amountKopecks > 0)}>
          {w.settings.save}
        </Button>
        {spendMonthKopecks !== null && (
          <Button
            look="plain"
            onClick={() =>
              ask(
                { kind: 'set-limit', limit: 'spend-month', amountKopecks: null },
                w.settings.limit,
                w.settings.remove,
              )
            }
          >
            {w.settings.remove}
          </Button>
        )}
      </form>
    </li>
  )
}

function Forwarding({ settings, ask }: { settings: LineSettings; ask: Ask }) {
  const { w } = useWords()
  const [to, setTo] = useState('')
  const current = settings.forwarding.find(({ condition }) => condition === 'no-answer')
  const toMsisdn = to.replace(/\D/g, '').replace(/^8(?=\d{10}$)/, '7')
  return (
    <li class={styles.block}>
      <b>{w.settings.forwarding}</b>
      <small>
        {w.settings.forwardingLead} {current ? formatPhone(`+${current.toMsisdn}`) : w.settings.notForwarded}
      </small>
      <form
        class={styles.inline}
        onSubmit={(event) => {
          event.preventDefault()
          if (toMsisdn.length === 11)
            ask({ kind: 'set-forwarding', condition: 'no-answer', toMsisdn }, w.settings.forwarding)
        }}
      >
        <input
          class={parts.input}
          aria-label={w.signIn.number}
          placeholder="+7"
          type="tel"
          inputMode="tel"
          value={to}
          onInput={(event) => setTo(event.currentTarget.value)}
        />
        <Button look="soft" type="submit" disabled={toMsisdn.length !== 11}>
          {w.settings.save}
        </Button>
        {current && (
          <Button
            look="plain"
            onClick={() =>
              ask(
                { kind: 'set-forwarding', condition: 'no-answer', toMsisdn: null },
                w.settings.forwarding,
                w.settings.remove,
              )
            }
          >
            {w.settings.remove}
          </Button>
        )}
      </form>
    </li>
  )
}

function Devices() {
  const { w, locale } = useWords()
  const reading = useReading('devices', () => call(my.listMyDevices, {}))
  const remove = (id: string) =>
    call(my.removeMyDevice, { params: { id } }).then(
      () => lookAgain('devices'),
      (error: unknown) => say({ text: problemText(error, locale), tone: 'trouble' }),
    )
  return (
    <section class={parts.card} aria-labelledby="devices">
      <h2 id="devices">{w.settings.devices}</h2>
      <Shown reading={reading} rows={1}>
        {(devices) => (
          <ul class={parts.list}>
            {devices.map(({ id, name, current, lastSeenAt }) => (
              <li key={id} class={styles.row}>
                <span>
                  <b>{name}</b>
                  <small>
                    {current ? w.settings.here : w.settings.seen(formatMoment(lastSeenAt, locale))}
                  </small>
                </span>
                {!current && (
                  <Button look="plain" onClick={() => void remove(id)}>
                    {w.settings.signOutDevice}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Shown>
      <div class={styles.inline}>
        <Button look="soft" onClick={() => void signOut()}>
          {w.settings.signOut}
        </Button>
        <Button look="plain" onClick={() => void signOut(true)}>
          {w.settings.signOutAll}
        </Button>
      </div>
    </section>
  )
}
