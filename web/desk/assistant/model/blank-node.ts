import type { FlowNode, FlowWords, OrderTemplate, Slot } from '../../../../contracts/flows.ts'

const NO_WORDS: FlowWords = { ru: '', en: '' }

/** Kinds of steps, in the order in which they are offered. */
export const NODE_KINDS = [
  'say',
  'menu',
  'ask',
  'do',
  'when',
  'go',
  'hand-over',
  'call-back',
  'move-to',
  'end',
] as const satisfies readonly FlowNode['kind'][]

/** A step that says nothing yet and leads on to one place. */
export function blankNode(kind: FlowNode['kind'], next: string): FlowNode {
  switch (kind) {
    case 'say':
      return { kind, words: NO_WORDS, next }
    case 'menu':
      return { kind, words: NO_WORDS, choices: [{ title: NO_WORDS, next }] }
    case 'ask':
      return { kind, words: NO_WORDS, slot: 'answer', again: NO_WORDS, next }
    case 'do':
      return { kind, ask: 'line', done: next, declined: next, refused: next, failed: next }
    case 'when':
      return { kind, cases: [{ fact: 'signedIn', is: true, next }], otherwise: next }
    case 'go':
      return { kind, flow: 'main' }
    case 'hand-over':
      return { kind, words: NO_WORDS, queue: 'general', skill: null, urgent: false }
    case 'call-back':
      return { kind, words: NO_WORDS, at: 'day', next }
    case 'move-to':
      return { kind, channel: 'my', words: NO_WORDS, next }
    case 'end':
      return { kind, words: NO_WORDS, done: true }
  }
}

/** A slot of a type, with bounds that stand. */
export function blankSlot(type: Slot['type']): Slot {
  switch (type) {
    case 'amount':
      return { type, minKopecks: 100, maxKopecks: 100_000 }
    case 'date':
      return { type, fromDays: 0, toDays: 7 }
    case 'digits':
      return { type, length: 4 }
    case 'text':
      return { type, minLength: 1, maxLength: 500 }
    case 'item':
      return { type, list: 'options' }
    case 'secret':
      return { type, maxLength: 60 }
    case 'phone':
    case 'yes-no':
      return { type }
  }
}

/** An order with parts that stand. */
export function blankOrder(kind: OrderTemplate['kind']): OrderTemplate {
  switch (kind) {
    case 'connect-option':
    case 'disconnect-option':
    case 'stop-content':
      return { kind, code: '' }
    case 'change-tariff':
      return { kind, code: '', when: 'period-end' }
    case 'promised-payment':
      return { kind, amountKopecks: '' }
    case 'block-line':
      return { kind, reason: 'voluntary' }
    case 'send-settings':
      return { kind, topic: 'internet' }
    case 'stop-all-content':
    case 'ban-content':
    case 'unblock-line':
      return { kind }
  }
}
