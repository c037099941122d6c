import { afterAll, beforeAll, describe } from 'vitest'
import type { TestDoor, Traits } from './door.ts'
import { emailTraits, openEmail } from './doors/email.ts'
import { maxTraits, openMax } from './doors/max.ts'
import { openSms, smsTraits } from './doors/sms.ts'
import { openTelegram, telegramTraits } from './doors/telegram.ts'
import { openWebChat, webChatTraits } from './doors/web-chat.ts'
import { inboundCases } from './inbound-cases.ts'
import { type Installation, startInstallation } from './installation.ts'
import { outboundCases } from './outbound-cases.ts'

// The same cases for every door, over the real pipeline: HTTP, mail servers and database. One installation serves them all.
const doors: readonly { traits: Traits; open(installation: Installation): Promise<TestDoor> }[] = [
  { traits: maxTraits, open: openMax },
  { traits: telegramTraits, open: openTelegram },
  { traits: smsTraits, open: openSms },
  { traits: emailTraits, open: openEmail },
  { traits: webChatTraits, open: openWebChat },
]

let installation: Installation
const opened = new Map<string, TestDoor>()

beforeAll(async () => {
  installation = await startInstallation()
  for (const { traits, open } of doors) opened.set(traits.kind, await open(installation))
  await installation.otklik.reconcileDoors()
})
afterAll(() => installation?.close())

describe.each(doors)('the door $traits.kind', ({ traits }) => {
  const scene = () => {
    const door = opened.get(traits.kind)
    if (!door) throw new Error(`the door ${traits.kind} did not open`)
    return { installation, door }
  }
  describe('on the way in', () => inboundCases(traits, scene))
  describe('on the way out', () => outboundCases(traits, scene))
})
