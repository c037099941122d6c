import { demoTokens } from '../../../world/index.ts'
import type { News, TestDoor, Traits } from '../door.ts'
import type { Installation } from '../installation.ts'
import { createPoster, json, NONSENSE } from './webhook.ts'
import { aWorldly, troubleAt } from './worldly.ts'

export const telegramTraits: Traits = {
  kind: 'telegram',
  webhook: true,
  files: true,
  edits: true,
  leaving: true,
  pushes: true,
  repeatsSafely: false,
  receipts: false,
  longest: 400_000,
  burst: 100,
}

const webhookSecret = 'a-webhook-secret-of-the-test'
const TOO_LARGE = 60 * 1024 * 1024
// Far from the numbers that the stand-in gives.
const UPDATES = 900_000_000

export async function openTelegram(installation: Installation): Promise<TestDoor> {
  const { world, next } = installation
  const accountId = await installation.openDoor({
    kind: 'telegram',
    settings: { apiBase: `${world.url}/telegram` },
    secrets: { token: demoTokens.telegram, webhookSecret },
  })
  const poster = createPoster(installation, accountId, (_body, forged) => ({
    'x-telegram-bot-api-secret-token': forged ? 'another-secret-of-somebody' : webhookSecret,
  }))
  return {
    kind: 'telegram',
    accountId,
    webhook: { post: poster.post, unknown: json({ update_id: UPDATES, chat_boost: {} }) },
    tellAll: async (news) => {
      await Promise.all(news.map((one) => one.tell()))
    },
    tellNonsense: async () => {
      for (const body of NONSENSE) await poster.post(body)
      return NONSENSE.length
    },
    trouble: (kind) => troubleAt(world, 'telegram', 'sendMessage', kind),
    newcomer: async () => {
      const { person, ...worldly } = aWorldly(installation, 'telegram')
      const names = new Map<News, number>()
      const update = (kind: 'message' | 'edited_message', message_id: number, content: object) =>
        json({
          update_id: UPDATES + next(),
          [kind]: {
            message_id,
            from: { id: person.userId, is_bot: false, first_name: person.firstName },
            chat: { id: person.userId, type: 'private' },
            date: Math.floor(Date.now() / 1000),
            ...(kind === 'edited_message' && { edit_date: Math.floor(Date.now() / 1000) }),
            ...content,
          },
        })
      const created = (content: object) => {
        const id = UPDATES + next()
        const news = poster.news(update('message', id, content))
        names.set(news, id)
        return news
      }
      const file = { file_id: 'f', file_unique_id: 'f', file_size: TOO_LARGE, file_name: 'много.bin' }
      return {
        ...worldly,
        externalId: String(person.userId),
        says: (text) => created({ text }),
        edits: (said, text) => poster.news(update('edited_message', names.get(said) ?? 0, { text })),
        offersTooMuch: (caption) => created({ caption, document: file }),
      }
    },
  }
}
