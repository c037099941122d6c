import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { rows, sql } from '../../server/platform/database/index.ts'
import { eventually } from '../factories/eventually.ts'
import type { Traits } from './door.ts'
import { PATIENCE_MS, type Scene, talkTo } from './installation.ts'

const { channels, conversations } = contracts

/**
 * What every person at a door may rely on: each answer reaches them once, in its order, or somebody is shown that it may not have.
 * @param scene the door of a running installation; every case brings people of its own
 */
export function outboundCases(traits: Traits, scene: () => Scene): void {
  test('answers reach the person once, in their order', async () => {
    const talk = await talkTo(scene())
    const words = Array.from({ length: 5 }, (_, index) => `ответ ${index + 1}`)
    for (const text of words) await talk.say(text)
    await eventually(async () => (await talk.guest.heard()).length >= words.length, PATIENCE_MS)
    expect(await talk.guest.heard()).toEqual(words)
  })

  test('an answer whose id comes twice reaches the person once', async () => {
    const talk = await talkTo(scene())
    const { anna, otklik } = scene().installation
    const id = await talk.say('один раз')
    const [{ conversationId } = { conversationId: '' }] = await rows(
      otklik.db,
      sql<{
        conversationId: string
      }>`select conversation_id as "conversationId" from timeline.outbound where id = ${id}`,
    )
    const body = { id, laneId: talk.laneId, text: 'один раз', undoMs: 0 }
    await anna.call(conversations.sendMessage, { params: { id: conversationId }, body })
    await talk.say('последнее')
    await eventually(async () => (await talk.guest.heard()).includes('последнее'), PATIENCE_MS)
    expect(await talk.guest.heard()).toEqual(['один раз', 'последнее'])
  })

  test('a text of the longest kind goes, a longer one is refused before anything is stored', async () => {
    const { textMax, textUnit } = await capabilitiesOf(scene())
    if (textMax === null) return
    // The last segment of an SMS of Cyrillic letters.
    const longest = textUnit === 'sms-segments' ? textMax * 67 : textMax
    const talk = await talkTo(scene())
    await talk.reaches(await talk.say('щ'.repeat(longest)), 'sent', 'delivered')
    await expect(talk.say('щ'.repeat(longest + 1))).rejects.toMatchObject({
      problem: { code: 'text_too_long' },
    })
    await eventually(async () => (await talk.guest.heard()).length === 1, PATIENCE_MS)
  })

  if (traits.pushes) troubleCases(traits, scene)

  if (traits.leaving)
    test('who has left is not written to, and can be once they are back', async () => {
      const talk = await talkTo(scene())
      await talk.guest.leaves?.()
      await eventually(async () => !(await talk.reachable()), PATIENCE_MS)
      await expect(talk.say('ау')).rejects.toMatchObject({ problem: { code: 'channel_unreachable' } })
      const before = (await talk.guest.heard()).length
      await talk.guest.returns?.()
      await eventually(talk.reachable, PATIENCE_MS)
      await talk.reaches(await talk.say('с возвращением'), 'sent')
      expect((await talk.guest.heard()).slice(before)).toEqual(['с возвращением'])
    })
}

function troubleCases(traits: Traits, scene: () => Scene): void {
  const trouble = (kind: 'busy' | 'broken' | 'deaf') => scene().door.trouble?.(kind)

  test.each(['busy', 'broken'] as const)(
    'a channel that is %s is asked again, and hears it once',
    async (kind) => {
      const talk = await talkTo(scene())
      trouble(kind)
      await talk.reaches(await talk.say('терпеливо'), 'sent', 'delivered')
      expect(await talk.guest.heard()).toEqual(['терпеливо'])
    },
  )

  test('a message whose answer got lost has reached the person once, whatever we know of it', async () => {
    const talk = await talkTo(scene())
    trouble('deaf')
    const id = await talk.say('дошло ли?')
    const outcome = traits.repeatsSafely ? ['sent', 'delivered'] : ['unknown']
    await talk.reaches(id, ...outcome)
    await talk.reaches(await talk.say('следующее'), 'sent', 'delivered')
    expect(await talk.guest.heard()).toEqual(['дошло ли?', 'следующее'])
    if (traits.repeatsSafely) return
    // Only a person sends it again.
    const { anna } = scene().installation
    await anna.call(conversations.retryMessage, { params: { id } })
    await talk.reaches(id, 'sent')
    expect(await talk.guest.heard()).toEqual(['дошло ли?', 'следующее', 'дошло ли?'])
  })

  test('a message whose sender died after it had left is shown as unknown and not sent again', async () => {
    const talk = await talkTo(scene())
    const id = await talk.say('пока я жив')
    // A receipt that comes later would rightly beat our not knowing.
    await talk.reaches(id, traits.receipts ? 'delivered' : 'sent')
    await rows(
      scene().installation.otklik.db,
      sql`update timeline.outbound set state = 'sending', lease = ${randomUUID()}, lease_until = now() - interval '1 second' where id = ${id}`,
    )
    expect(await talk.reaches(id, 'unknown')).toEqual({ state: 'unknown', reason: 'interrupted' })
    await talk.reaches(await talk.say('следующее'), 'sent', 'delivered')
    expect(await talk.guest.heard()).toEqual(['пока я жив', 'следующее'])
  })
}

async function capabilitiesOf({ installation, door }: Scene) {
  const accounts = await installation.anna.call(channels.listChannelAccounts)
  const account = accounts.find((one) => one.id === door.accountId)
  if (!account) throw new Error('no such door')
  return account.capabilities
}
