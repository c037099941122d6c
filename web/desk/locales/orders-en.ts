import type { ordersRu } from './orders-ru.ts'
import type { Translated } from './words.ts'

/** What was done to a line, as the timeline says it. */
export const ordersEn: Translated<typeof ordersRu> = {
  kind: {
    'connect-option': '“{{what}}” on',
    'disconnect-option': '“{{what}}” off',
    'connect-content': 'subscription “{{what}}” on',
    'stop-content': 'subscription “{{what}}” off',
    'stop-all-content': 'all paid subscriptions off',
    'ban-content': 'paid subscriptions banned',
    'allow-content': 'paid subscriptions allowed',
    'change-tariff': 'tariff “{{what}}”',
    'top-up': 'top-up of {{money}}',
    'promised-payment': 'promised payment of {{money}}',
    'transfer-money': 'transfer of {{money}} to {{number}}',
    'block-line': 'number blocked',
    'unblock-line': 'number unblocked',
    'set-forwarding': 'call forwarding',
    'set-limit': 'spending limit',
    'set-auto-top-up': 'automatic top-up',
    'send-settings': 'settings to the phone',
    'goodwill-credit': 'credit of {{money}}',
    other: 'order “{{what}}”',
  },
  state: {
    approval: 'waits for a second person',
    waiting: 'may be undone',
    running: 'being carried out',
    pending: 'given on, waiting for the answer',
    done: 'done',
    refused: 'refused',
    unknown: 'unknown whether done',
    undone: 'undone',
    declined: 'declined',
  },
  through: {
    my: 'in the app',
    desk: 'at the desk',
    chat: 'in the chat',
    voice: 'by phone',
    api: 'by another system',
    rule: 'by a rule',
  },
}
