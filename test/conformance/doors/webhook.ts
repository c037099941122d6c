import { once } from 'node:events'
import { request } from 'node:http'
import type { News } from '../door.ts'
import type { Installation } from '../installation.ts'

/** Posts as a channel does: the body, and what proves where it comes from. */
export interface Poster {
  post(body: Buffer, forged?: boolean): Promise<number>
  news(body: Buffer): News
}

export function createPoster(
  { otklik }: Installation,
  accountId: string,
  proofOf: (body: Buffer, forged: boolean) => Readonly<Record<string, string>>,
): Poster {
  const url = `${otklik.url}/channels/${accountId}/webhook`
  const headersFor = (body: Buffer, forged: boolean) => ({
    'content-type': 'application/json',
    ...proofOf(body, forged),
  })
  const post = async (body: Buffer, forged = false) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: headersFor(body, forged),
      body: new Uint8Array(body),
    })
    await answer.arrayBuffer()
    return answer.status
  }
  return {
    post,
    news: (body) => ({
      tell: () => post(body),
      tellAndHangUp: async () => {
        const asking = request(url, { method: 'POST', headers: headersFor(body, false) })
        asking.on('error', () => undefined)
        asking.end(body)
        await once(asking, 'finish')
        asking.destroy()
      },
    }),
  }
}

export const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))

/** Payloads that are no update of any channel. */
export const NONSENSE = ['', '{', 'null', '{}'].map((text) => Buffer.from(text))
