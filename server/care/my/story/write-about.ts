import type { EntryBody } from '../../../../contracts/entries.ts'
import { type Executor, inTransaction, maybeOne, sql } from '../../../platform/database/index.ts'
import type { Subscriber } from '../../../platform/http/index.ts'
import { fileNow } from '../../timeline/index.ts'
import type { MyRoom } from '../my-room.ts'
import { appLaneOf } from './app-lane.ts'
import { receive } from './send-message.ts'

export interface MessageAbout {
  /** A repeat under the same key stores once. */
  readonly key: string
  /** The words, facts and all, in the person's language. */
  readonly text: (locale: 'ru' | 'en') => string
  readonly about: NonNullable<Extract<EntryBody, { type: 'message' }>['about']>
}

/**
 * The person writes about something that they have before them: a message on their lane in the app that carries it, so that nobody asks what is
 * meant. Gives the conversation's number. Refuses with `rate_limited`, `channel_paused`.
 */
export async function writeAbout(
  db: Executor,
  room: MyRoom,
  actor: Subscriber,
  { key, text, about }: MessageAbout,
): Promise<number | null> {
  await room.limit('message', actor.id)
  const body = { type: 'message', text: text(await localeOf(db, actor.id)), about } as const
  await receive(room, actor, { key, providerAt: null, body })
  const laneId = await appLaneOf(db, room, actor.id)
  return inTransaction(db, (tx) => fileNow(tx, room.timeline.context, laneId))
}

async function localeOf(db: Executor, subscriberId: string): Promise<'ru' | 'en'> {
  const person = await maybeOne(
    db,
    sql<{ locale: 'ru' | 'en' | null }>`select locale from subscribers.subscriber where id = ${subscriberId}`,
  )
  return person?.locale ?? 'ru'
}
