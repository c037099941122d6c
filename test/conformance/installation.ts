import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { v7 as uuid } from 'uuid'
import { contracts } from '../../contracts/index.ts'
import type { NewAccount } from '../../server/care/timeline/index.ts'
import { one, rows, sql } from '../../server/platform/database/index.ts'
import { createLog } from '../../server/platform/telemetry/index.ts'
import { startWorld, type World } from '../../world/index.ts'
import { aStaffCaller, type Caller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { type Dovecot, type SmtpSink, startDovecot, startSmtpSink } from '../mail/index.ts'
import type { Guest, TestDoor } from './door.ts'

const { conversations } = contracts

/** The product with the outside world around it: one for all doors and all cases. */
export interface Installation {
  readonly otklik: TestOtklik
  readonly world: World
  readonly dovecot: Dovecot
  readonly sink: SmtpSink
  readonly anna: Caller
  /** A number that nobody else was given. */
  next(): number
  /** Where a channel keeps these bytes, to be fetched. */
  keep(bytes: Buffer): string
  openDoor(door: Pick<NewAccount, 'kind' | 'settings' | 'secrets'>): Promise<string>
  close(): Promise<void>
}

export async function startInstallation(): Promise<Installation> {
  const [world, dovecot, sink, media] = await Promise.all([
    startWorld({
      timeScale: 0.001,
      max: { requestsPerSecond: 1_000 },
      telegram: { requestsPerSecond: 1_000 },
    }),
    startDovecot(),
    startSmtpSink(),
    startMedia(),
  ])
  const otklik = await anOtklik({
    log: createLog({ level: 'error' }),
    trustedOrigins: [world.url, media.url],
    env: { COUNTRY: 'KZ' },
  })
  let numbers = 0
  return {
    otklik,
    world,
    dovecot,
    sink,
    anna: await aStaffCaller(otklik.url, otklik.logins.anna),
    next: () => ++numbers,
    keep: media.keep,
    openDoor: (door) => otklik.openDoor({ name: door.kind, policy: 'full', ...door }),
    close: async () => {
      await otklik.end()
      await Promise.all([world.close(), dovecot.end(), sink.close(), media.close()])
    },
  }
}

async function startMedia() {
  const kept: Buffer[] = []
  const server = createServer((request, response) => response.end(kept[Number(request.url?.slice(1))]))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    keep: (bytes: Buffer) => `${url}/${kept.push(bytes) - 1}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

export interface StoredFile {
  readonly id: string
  readonly name: string
  readonly state: string
  readonly reason: string | null
  readonly mediaType: string
  readonly bytes: number
}

/** What stands on a lane. */
export interface Stored {
  readonly seq: number
  readonly kind: string
  readonly text: string
  readonly supersedes: number | null
  readonly files: readonly StoredFile[]
}

/** A door and the installation behind it, as the cases use them. */
export interface Scene {
  readonly installation: Installation
  readonly door: TestDoor
}

export async function laneOf({ installation, door }: Scene, guest: Guest): Promise<string | undefined> {
  const [row] = await rows(
    installation.otklik.db,
    sql<{ id: string }>`select contact_point_id as id from subscribers.contact_alias
      where channel_account_id = ${door.accountId} and external_id = ${guest.externalId}`,
  )
  return row?.id
}

async function entriesOf(scene: Scene, guest: Guest): Promise<Stored[]> {
  const laneId = await laneOf(scene, guest)
  if (laneId === undefined) return []
  return rows(
    scene.installation.otklik.db,
    sql<Stored>`select e.seq, e.kind, coalesce(b.body->>'text', '') as text, e.supersedes,
        coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'state', a.state, 'reason', a.reason,
          'mediaType', a.media_type, 'bytes', a.bytes) order by a.created_at, a.id)
          from timeline.attachment a where a.lane_id = e.lane_id and a.seq = e.seq), '[]') as files
      from timeline.entry e left join timeline.entry_body b on b.lane_id = e.lane_id and b.seq = e.seq
      where e.lane_id = ${laneId} and e.direction = 'in' and e.kind <> 'mark' order by e.seq`,
  )
}

/** What the person has on the timeline once everything told until now has come in: a last word of theirs comes behind it all. */
export async function storedOf(scene: Scene, guest: Guest): Promise<Stored[]> {
  const last = `это всё ${uuid()}`
  await guest.says(last).tell()
  return eventually(async () => {
    const stored = await entriesOf(scene, guest)
    const at = stored.findIndex((entry) => entry.text === last)
    return at >= 0 && stored.slice(0, at)
  }, PATIENCE_MS)
}

/** How long anything may take on a machine that is busy with other tests. */
export const PATIENCE_MS = 100_000

export const textsOf = async (scene: Scene, guest: Guest): Promise<string[]> =>
  (await storedOf(scene, guest)).map((entry) => entry.text)

/** How many events of this door could not be put on a timeline. */
export async function countUnfiled({ installation, door }: Scene): Promise<number> {
  const { count } = await one(
    installation.otklik.db,
    sql<{
      count: number
    }>`select count(*)::int as count from timeline.unfiled_event where channel_account_id = ${door.accountId}`,
  )
  return count
}

/** A conversation with somebody who waits for an answer. */
export interface Talk {
  readonly guest: Guest
  readonly laneId: string
  say(text: string): Promise<string>
  /** May we write to the person, as far as we know? */
  reachable(): Promise<boolean>
  /** Waits until the message is in this state. */
  reaches(messageId: string, ...states: string[]): Promise<{ state: string; reason: string | null }>
}

export async function talkTo(scene: Scene): Promise<Talk> {
  const { installation, door } = scene
  const { otklik, anna } = installation
  const guest = await door.newcomer()
  await guest.opens()
  await guest.says('Здравствуйте!').tell()
  const { id, laneId } = await eventually(async () => {
    const [row] = await rows(
      otklik.db,
      sql<{
        id: string
        laneId: string
      }>`select conversation_id as id, lane_id as "laneId" from timeline.segment
        where lane_id = ${(await laneOf(scene, guest)) ?? null} and to_seq is null`,
    )
    return row
  }, PATIENCE_MS)
  return {
    guest,
    laneId,
    say: async (text) => {
      const message = { id: uuid(), laneId, text, undoMs: 0 }
      await anna.call(conversations.sendMessage, { params: { id }, body: message })
      return message.id
    },
    reachable: async () => {
      const { reachable } = await one(
        otklik.db,
        sql<{
          reachable: boolean
        }>`select unreachable_since is null as reachable from subscribers.contact_point where id = ${laneId}`,
      )
      return reachable
    },
    reaches: (messageId, ...states) =>
      eventually(async () => {
        const found = await one(
          otklik.db,
          sql<{
            state: string
            reason: string | null
          }>`select state, reason from timeline.outbound where id = ${messageId}`,
        )
        return states.includes(found.state) && found
      }, PATIENCE_MS),
  }
}
