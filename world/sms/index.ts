import type { FastifyInstance } from 'fastify'
import { type Act, CannotAct } from '../control/acts.ts'
import type { Delivery, PhoneService } from '../control/service.ts'
import { type ChatView, plainMessage } from '../control/view.ts'
import { createBucket } from '../core/bucket.ts'
import type { Context } from '../core/context.ts'
import type { Person } from '../core/people.ts'
import { createSmsCallback, type SmsEvent } from './callback.ts'
import { smsRoutes } from './http.ts'
import { createSmsState, keepSms, type Sms } from './state.ts'

/**
 * An SMS centre over HTTP; the contract is in README.md beside. Invariants: a reference is sent once; every accepted message
 * gets one receipt; events of one number keep their order and are repeated until taken. Any number can be
 * written to; `block` switches a person's phone off.
 */
export interface SmsOptions {
  token: string
  /** The number that people write to. */
  shortNumber: string
  /** Requests a second before 429. */
  requestsPerSecond: number
  /** Set at the start, as `PUT /sms/callback` would. */
  callback: { url: string; secret: string } | undefined
}

/** The contract's limit for taking an event. */
const answerMs = 10_000

export interface SmsService extends PhoneService {
  /** Every message to this number, oldest first: what a test reads a code from. */
  sentTo(msisdn: string): Sms[]
  events(): ({ id: string } & SmsEvent)[]
  deliveries: Delivery[]
  /** Posts an event once more, now. */
  replay(event: unknown): Promise<number[]>
  register(app: FastifyInstance): Promise<void>
}

export function createSms(context: Context, options: SmsOptions): SmsService {
  const state = createSmsState(options.token)
  state.callback = options.callback
  const events = createSmsCallback(context, state, answerMs)
  const bucket = createBucket(options.requestsPerSecond, context.timing.now)
  const changed = (person: Person): void => context.live.changed({ service: 'sms', person: person.key })

  const write = (person: Person, text: string): string => {
    const at = context.timing.now()
    const way = {
      msisdn: person.msisdn,
      operator: options.shortNumber,
      direction: 'from-person',
      status: 'delivered',
    } as const
    const sms = keepSms(state, { ...way, text, at, reference: undefined })
    const ends = { from: person.msisdn, to: options.shortNumber }
    events.publish(
      { type: 'message', messageId: sms.id, ...ends, text, at: new Date(at).toISOString() },
      person.msisdn,
    )
    changed(person)
    return sms.id
  }

  const act = (person: Person, asked: Act): string[] => {
    switch (asked.act) {
      case 'text':
        return [write(person, asked.text)]
      case 'block':
        state.unreachable.add(person.msisdn)
        changed(person)
        return []
      case 'unblock':
        state.unreachable.delete(person.msisdn)
        changed(person)
        return []
      default:
        throw new CannotAct('SMS carries text only')
    }
  }

  return {
    name: 'sms',
    act: async (person, asked) => ({ messageIds: act(person, asked) }),
    view: (person) => viewOf(person, [...state.messages.values()], state.unreachable.has(person.msisdn)),
    sentTo: (msisdn) =>
      [...state.messages.values()].filter((one) => one.direction === 'to-person' && one.msisdn === msisdn),
    events: () => events.log,
    deliveries: events.deliveries,
    replay: (event) => events.deliverOnce(event),
    register: async (app) => {
      await app.register(async (scope) => smsRoutes(scope, context, state, events, bucket), {
        prefix: '/sms',
      })
    },
  }
}

function viewOf(person: Person, all: Sms[], off: boolean): ChatView {
  const mine = all.filter((one) => one.msisdn === person.msisdn)
  // What has not come to the phone does not show on it.
  const shown = mine.filter((one) => one.direction === 'from-person' || one.status === 'delivered')
  const messages = shown.map((one) => {
    const from = one.direction === 'from-person' ? ('person' as const) : ('operator' as const)
    // Codes come from a name, alerts from another; what the person writes goes to one number.
    const subject = from === 'operator' ? one.operator : undefined
    return plainMessage({ id: one.id, from, at: one.at, text: one.text }, { subject, status: one.status })
  })
  const chat = { service: 'sms', person: person.key, started: true, blocked: off, typing: false }
  return { ...chat, notice: undefined, keyboard: [], messages }
}
