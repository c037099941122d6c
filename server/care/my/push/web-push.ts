// biome-ignore lint/correctness/noUnresolvedImports: the package is found by its `main`, which Biome does not read
import webPush from 'web-push'
import type { PushTarget } from './push-store.ts'

/** VAPID keys of an installation (RFC 8292). */
export interface PushKeys {
  readonly publicKey: string
  readonly privateKey: string
}

/** New VAPID keys (RFC 8292). */
export const generateKeys = (): PushKeys => webPush.generateVAPIDKeys()

export interface Knock {
  readonly keys: PushKeys
  /** Who knocks: an https or mailto address. */
  readonly subject: string
  /** How long the push service keeps it for a phone that is off, in seconds. */
  readonly keptS: number
  /** What the app is told of it, encrypted for the device (RFC 8291). */
  readonly words: string
  /** Of several waiting knocks with one topic the push service keeps the last. */
  readonly topic: string
}

/** The request by which a push service is asked to wake a device; what it carries that service cannot read. */
export function requestFor(
  target: PushTarget,
  { keys, subject, keptS, topic, words }: Knock,
): { readonly url: string; readonly headers: Record<string, string>; readonly body: Buffer } {
  const { endpoint, headers, body } = webPush.generateRequestDetails(target, words, {
    vapidDetails: { subject, ...keys },
    TTL: keptS,
    urgency: 'normal',
    topic,
  })
  const texts = Object.entries(headers).map(([name, value]) => [name, String(value)])
  return { url: endpoint, headers: Object.fromEntries(texts), body }
}
