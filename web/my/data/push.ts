import { my } from '../../../contracts/my.ts'
import { call } from './api.ts'

/** Whether this browser knocks when something happened; `denied`: the person has told the browser never to; `impossible`: it cannot. */
export type Knocks = 'on' | 'off' | 'denied' | 'impossible'

export async function readKnocks(): Promise<Knocks> {
  const registration = await registered()
  if (!registration) return 'impossible'
  if (Notification.permission === 'denied') return 'denied'
  return (await registration.pushManager.getSubscription()) ? 'on' : 'off'
}

/** Asks the browser, then tells the server where to knock. Gives how it stands now; rejects when one of them could not do its part. */
export async function turnKnocksOn(): Promise<Knocks> {
  const registration = await registered()
  if (!registration) return 'impossible'
  if ((await Notification.requestPermission()) !== 'granted') return readKnocks()
  const { key: applicationServerKey } = await call(my.getPushKey, {})
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey,
  })
  const { endpoint, keys } = subscription.toJSON()
  try {
    const { p256dh = '', auth = '' } = keys ?? {}
    await call(my.savePushSubscription, { body: { endpoint: endpoint ?? '', keys: { p256dh, auth } } })
  } catch (error) {
    // What the server does not know of would look switched on and stay silent.
    await subscription.unsubscribe()
    throw error
  }
  return 'on'
}

export async function turnKnocksOff(): Promise<Knocks> {
  await call(my.savePushSubscription, { body: null })
  const registration = await registered()
  await (await registration?.pushManager.getSubscription())?.unsubscribe()
  return readKnocks()
}

/** The app's service worker; undefined where there is none, or one that cannot be knocked at (on an iPhone before the app is installed). */
async function registered(): Promise<ServiceWorkerRegistration | undefined> {
  const isAble = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
  return isAble ? navigator.serviceWorker.getRegistration('/my/') : undefined
}
