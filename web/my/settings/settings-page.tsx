import { useState } from 'preact/hooks'
import { my } from '../../../contracts/my.ts'
import type { OrderRequest } from '../../../contracts/orders.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { problemText } from '../../shared/problems/index.ts'
import type { PageProps } from '../app/page-props.ts'
import { speak } from '../app/words.ts'
import { call } from '../data/api.ts'
import { lookAgain, useReading } from '../data/reading.ts'
import { signOut } from '../data/session.ts'
import { OpenOrders } from '../orders/open-orders-card.tsx'
import { OrderSheet } from '../orders/order-sheet.tsx'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { Shown } from '../parts/states.tsx'
import { say } from '../parts/toast.tsx'
import { Access } from './access.tsx'
import { AccessOffers } from './access-offers.tsx'
import { DeviceHelp } from './device-help.tsx'
import { LeaveLine } from './leave-line.tsx'
import { LineSection } from './line-section.tsx'
import { MyData } from './my-data.tsx'
import { Notifications } from './notifications.tsx'
import styles from './settings.module.css'
import { useSettingsWords } from './settings-words.ts'

interface Asked {
  readonly request: OrderRequest
  readonly title: string
  readonly confirm: string
  readonly done: string
}

/** What a person sets about their number, this app and their devices. */
export function SettingsPage({ line }: PageProps) {
  const { w } = useSettingsWords()
  const [asked, setAsked] = useState<Asked>()
  const ask = (request: OrderRequest, title: string, confirm = w.app.save, done = w.app.saved) =>
    setAsked({ request, title, confirm, done })
  return (
    <>
      <h1>{w.settings.title}</h1>
      <Language />
      {line.role !== 'trusted' && <OpenOrders lineId={line.id} nameOf={(code) => code} />}
      <AccessOffers />
      {line.role === 'owner' && <LineSection lineId={line.id} ask={ask} />}
      {line.role === 'owner' && <Access lineId={line.id} ask={ask} />}
      {line.role === 'trusted' && <LeaveLine ask={ask} />}
      {line.role !== 'trusted' && <DeviceHelp ask={ask} />}
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
  const { w, locale } = useSettingsWords()
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

function Devices() {
  const { w, locale } = useSettingsWords()
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
