import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ChannelAccountRow, ChannelAdapter, Intake } from '../../server/care/timeline/index.ts'

/** The product's side of a webhook on loopback: verifies on the raw bytes, hands in, then answers. */
export interface WebhookDoor {
  readonly publicUrl: string
  /** Statuses answered, in their order. */
  readonly answered: number[]
  /** Statuses to answer instead of handing in, one a request. */
  readonly instead: number[]
  /** Connects what is behind the door. */
  lead(adapter: ChannelAdapter, account: ChannelAccountRow, intake: Pick<Intake, 'receive'>): void
  close(): Promise<void>
}

export async function openWebhookDoor(): Promise<WebhookDoor> {
  const answered: number[] = []
  const instead: number[] = []
  const behind = new Map<
    string,
    (
      body: Buffer,
      headers: Parameters<NonNullable<ChannelAdapter['verify']>>[1]['headers'],
    ) => Promise<number>
  >()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      const status =
        instead.shift() ??
        (await behind.get(request.url ?? '')?.(Buffer.concat(chunks), request.headers)) ??
        404
      answered.push(status)
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    publicUrl: `http://127.0.0.1:${port}`,
    answered,
    instead,
    lead: (adapter, account, intake) => {
      behind.set(`/channels/${account.id}/webhook`, async (body, headers) => {
        if (!adapter.verify?.(account, { body, headers })) return 401
        return intake.receive(body).then(
          () => 200,
          () => 503,
        )
      })
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
