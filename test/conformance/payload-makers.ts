import type { PayloadMaker } from './pipeline-cases.ts'

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))
const AT = Date.UTC(2026, 10, 24, 10)

export const maxPayloads: PayloadMaker = {
  message: (n, text) =>
    json({
      update_type: 'message_created',
      timestamp: AT + n,
      message: {
        sender: { user_id: 70101, first_name: 'Анна', is_bot: false },
        recipient: { chat_id: 500070101, chat_type: 'dialog', user_id: 9000001 },
        timestamp: AT + n,
        body: { mid: `mid.${n}`, seq: n, text, attachments: null },
      },
    }),
  unknown: () => json({ update_type: 'dialog_muted', timestamp: AT }),
}

export const telegramPayloads: PayloadMaker = {
  message: (n, text) =>
    json({
      update_id: 870_000_000 + n,
      message: {
        message_id: n,
        from: { id: 70101, is_bot: false, first_name: 'Анна' },
        chat: { id: 70101, type: 'private' },
        date: AT / 1000 + n,
        text,
      },
    }),
  unknown: () => json({ update_id: 870_000_000, chat_boost: {} }),
}

export const smsPayloads: PayloadMaker = {
  message: (n, text) =>
    json({
      id: `evt_${n}`,
      type: 'message',
      messageId: `sms-${n}`,
      from: '79000000101',
      to: '0611',
      text,
      at: new Date(AT + n * 1000).toISOString(),
    }),
  unknown: () => json({ id: 'evt_0', type: 'price' }),
}
