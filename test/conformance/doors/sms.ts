import { createHmac } from 'node:crypto'
import { demoTokens } from '../../../world/index.ts'
import type { TestDoor, Traits } from '../door.ts'
import type { Installation } from '../installation.ts'
import { createPoster, json, NONSENSE } from './webhook.ts'
import { aWorldly, troubleAt } from './worldly.ts'

export const smsTraits: Traits = {
  kind: 'sms',
  webhook: true,
  files: false,
  edits: false,
  leaving: false,
  pushes: true,
  repeatsSafely: true,
  receipts: true,
  longest: 400_000,
  burst: 100,
}

const webhookSecret = 'a-webhook-secret-of-the-test'

export async function openSms(installation: Installation): Promise<TestDoor> {
  const { world, next } = installation
  const accountId = await installation.openDoor({
    kind: 'sms',
    settings: { apiBase: `${world.url}/sms`, sender: '0611' },
    secrets: { token: demoTokens.sms, webhookSecret },
  })
  const poster = createPoster(installation, accountId, (body, forged) => ({
    'x-sms-signature': `sha256=${createHmac('sha256', forged ? 'another' : webhookSecret)
      .update(body)
      .digest('hex')}`,
  }))
  return {
    kind: 'sms',
    accountId,
    webhook: { post: poster.post, unknown: json({ id: 'evt_0', type: 'price' }) },
    tellAll: async (news) => {
      await Promise.all(news.map((one) => one.tell()))
    },
    tellNonsense: async () => {
      for (const body of NONSENSE) await poster.post(body)
      return NONSENSE.length
    },
    trouble: (kind) => troubleAt(world, 'sms', 'POST /messages', kind),
    newcomer: async () => {
      const { person, opens, heard } = aWorldly(installation, 'sms')
      return {
        opens,
        heard,
        externalId: person.msisdn,
        says: (text) =>
          poster.news(
            json({
              id: `evt_${next()}`,
              type: 'message',
              messageId: `sms-${next()}`,
              from: person.msisdn,
              to: '0611',
              text,
              at: new Date().toISOString(),
            }),
          ),
      }
    },
  }
}
