import { demoTokens } from '../../../world/index.ts'
import type { News, TestDoor, Traits } from '../door.ts'
import type { Installation } from '../installation.ts'
import { createPoster, json, NONSENSE } from './webhook.ts'
import { aWorldly, troubleAt } from './worldly.ts'

export const maxTraits: Traits = {
  kind: 'max',
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

export async function openMax(installation: Installation): Promise<TestDoor> {
  const { world, next } = installation
  const accountId = await installation.openDoor({
    kind: 'max',
    settings: { apiBase: `${world.url}/max` },
    secrets: { token: demoTokens.max, webhookSecret },
  })
  const poster = createPoster(installation, accountId, (_body, forged) => ({
    'x-max-bot-api-secret': forged ? 'another-secret-of-somebody' : webhookSecret,
  }))
  return {
    kind: 'max',
    accountId,
    webhook: { post: poster.post, unknown: json({ update_type: 'dialog_muted', timestamp: 1 }) },
    tellAll: async (news) => {
      await Promise.all(news.map((one) => one.tell()))
    },
    tellNonsense: async () => {
      for (const body of NONSENSE) await poster.post(body)
      return NONSENSE.length
    },
    trouble: (kind) => troubleAt(world, 'max', 'POST /messages', kind),
    newcomer: async () => {
      const { person, ...worldly } = aWorldly(installation, 'max')
      const names = new Map<News, string>()
      const update = (update_type: string, mid: string, text: string, attachments: unknown = null) =>
        json({
          update_type,
          timestamp: Date.now() + next(),
          message: {
            sender: { user_id: person.userId, first_name: person.firstName, is_bot: false },
            recipient: { chat_id: 500_000_000 + person.userId, chat_type: 'dialog', user_id: 9000001 },
            timestamp: Date.now(),
            body: { mid, seq: next(), text, attachments },
          },
        })
      const created = (text: string, attachments?: unknown) => {
        const mid = `mid.test.${next()}`
        const news = poster.news(update('message_created', mid, text, attachments))
        names.set(news, mid)
        return news
      }
      return {
        ...worldly,
        externalId: String(person.userId),
        says: created,
        sends: async ({ name, bytes }, words) => {
          const payload = { url: installation.keep(bytes), token: 't' }
          await created(words, [{ type: 'file', filename: name, size: bytes.length, payload }]).tell()
        },
        edits: (said, text) => poster.news(update('message_edited', names.get(said) ?? '', text)),
        offersTooMuch: (words) =>
          created(words, [
            { type: 'file', filename: 'много.bin', size: TOO_LARGE, payload: { url: world.url, token: 't' } },
          ]),
      }
    },
  }
}
