import { randomUUID } from 'node:crypto'

export type SmsStatus = 'accepted' | 'delivered' | 'undelivered'

/** One text message of either direction. */
export interface Sms {
  id: string
  /** The subscriber's number, whichever way the message went. */
  msisdn: string
  /** The operator's sender name or short number. */
  operator: string
  direction: 'to-person' | 'from-person'
  text: string
  at: number
  status: SmsStatus
  reference: string | undefined
  parts: number
}

export interface SmsState {
  token: string
  messages: Map<string, Sms>
  byReference: Map<string, Sms>
  callback: { url: string; secret: string } | undefined
  /** Numbers whose phone is off: nothing reaches them. */
  unreachable: Set<string>
}

export function createSmsState(token: string): SmsState {
  return { token, messages: new Map(), byReference: new Map(), callback: undefined, unreachable: new Set() }
}

export function keepSms(state: SmsState, sms: Omit<Sms, 'id' | 'parts'>): Sms {
  const kept = { ...sms, id: randomUUID(), parts: partsOf(sms.text) }
  state.messages.set(kept.id, kept)
  if (kept.reference !== undefined) state.byReference.set(kept.reference, kept)
  return kept
}

/** GSM 03.38 basic set without the Greek capitals; its extension (counted twice in truth) is not told apart here. */
const gsm = /^[@£$¥èéùìòÇØøÅåÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà\n\r^{}\\[~\]|€]*$/

export function partsOf(text: string): number {
  const [single, each] = gsm.test(text) ? [160, 153] : [70, 67]
  return text.length <= single ? 1 : Math.ceil(text.length / each)
}
