import { createServer, connect as reach, type Socket } from 'node:net'
import path from 'node:path'
import { freePort } from './otklik.ts'

/** The way to a database that can be cut, as when its machine is away, and mended. */
export interface CuttableDatabase {
  readonly connectionString: string
  cut(): Promise<void>
  mend(): Promise<void>
  close(): Promise<void>
}

/** A TCP door before the Unix socket of an embedded database; what goes through is not looked at. */
export async function aCuttableWayTo(connectionString: string): Promise<CuttableDatabase> {
  const url = new URL(connectionString.replace('@/', '@localhost/'))
  const folder = url.searchParams.get('host')
  if (folder === null) throw new Error('the database has no Unix socket')
  const socketFile = path.join(folder, `.s.PGSQL.${url.searchParams.get('port') ?? 5432}`)
  const port = await freePort()
  const sockets = new Set<Socket>()
  const join = (near: Socket) => {
    const far = reach(socketFile)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.pipe(to)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
    }
  }
  const server = createServer(join)
  const mend = () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const cut = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    for (const socket of sockets) socket.destroy()
    await closed
  }
  await mend()
  url.searchParams.delete('host')
  url.searchParams.delete('port')
  url.hostname = '127.0.0.1'
  url.port = String(port)
  return {
    connectionString: url.href,
    cut,
    mend,
    close: () => (server.listening ? cut() : Promise.resolve()),
  }
}
