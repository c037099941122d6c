import { v7 as uuid } from 'uuid'
import { contracts } from '../../../contracts/index.ts'
import { aVisitorCaller, Refused } from '../../factories/caller.ts'
import type { News, TestDoor, Traits } from '../door.ts'
import type { Installation } from '../installation.ts'

const { chat } = contracts

export const webChatTraits: Traits = {
  kind: 'web-chat',
  webhook: false,
  files: true,
  edits: false,
  leaving: false,
  pushes: false,
  repeatsSafely: true,
  receipts: false,
  longest: 8_000,
  // A visitor may write forty messages a minute.
  burst: 30,
}

export async function openWebChat(installation: Installation): Promise<TestDoor> {
  const { otklik } = installation
  const accountId = await installation.openDoor({ kind: 'web-chat', settings: {}, secrets: {} })
  return {
    kind: 'web-chat',
    accountId,
    tellAll: async (news) => {
      await Promise.all(news.map((one) => one.tell()))
    },
    newcomer: async () => {
      const visitor = await aVisitorCaller(otklik.url, accountId)
      const written = (text: string, attachmentIds: string[] = []): News => {
        const body = { id: uuid(), text, attachmentIds }
        const tell = () => statusOf(() => visitor.call(chat.sendChatMessage, { body }))
        return { tell, tellAndHangUp: async () => void (await tell()) }
      }
      return {
        externalId: visitor.visitorId,
        opens: async () => undefined,
        says: (text) => written(text),
        sends: async (file, words) => {
          const form = new FormData()
          form.append('file', new Blob([new Uint8Array(file.bytes)], { type: file.type }), file.name)
          const answer = await fetch(`${otklik.url}${chat.uploadChatAttachment.path}`, {
            method: 'POST',
            headers: visitor.headers,
            body: form,
          })
          const { id } = chat.uploadChatAttachment.response.parse(await answer.json())
          await written(words, [id]).tell()
        },
        heard: async () => {
          const { messages } = await visitor.call(chat.readChat, { query: { after: 0 } })
          return messages.flatMap((one) => (one.from === 'agent' ? [one.text ?? ''] : []))
        },
      }
    },
  }
}

async function statusOf(act: () => Promise<unknown>): Promise<number> {
  try {
    await act()
    return 200
  } catch (error) {
    if (error instanceof Refused) return error.status
    throw error
  }
}
