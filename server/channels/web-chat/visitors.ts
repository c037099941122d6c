import { createHash, randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Locale } from '../../../contracts/primitives.ts'
import { type ChannelAccountRow, laneOfSighting } from '../../care/timeline/index.ts'
import { countChanged, type Executor, maybeOne, rows, sql } from '../../platform/database/index.ts'
import type { Authenticate, Visitor } from '../../platform/http/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { Refusal } from '../../platform/refusal.ts'
import { findChat, type WebChatContext } from './context.ts'
import { sitesOf } from './settings.ts'

const PREFIX = 'chat_'
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/** The site that a request comes from, as the browser says; undefined for programs. */
export const originOf = (request: FastifyRequest): string | undefined => request.headers.origin

/** Refuses with `origin_not_allowed` when the page's site is not on the account's list. */
export function requireAllowedOrigin(
  context: WebChatContext,
  account: ChannelAccountRow,
  origin: string | undefined,
): void {
  if (origin === undefined || context.ownOrigins.includes(origin)) return
  if (!sitesOf(account).includes(origin)) throw new Refusal('origin_not_allowed', { origin })
}

/** For CORS: may this site talk to any of our chats? Which one, the operations check themselves. */
export async function originAllowedForChat(context: WebChatContext, origin: string): Promise<boolean> {
  if (context.ownOrigins.includes(origin)) return true
  const doors = await context.timeline.context.doors.all()
  return doors.some(({ account }) => account.kind === 'web-chat' && sitesOf(account).includes(origin))
}

export interface NewVisitor {
  readonly account: ChannelAccountRow
  readonly origin: string
  readonly page: string | null
  readonly locale: Locale | null
}

/** A new visitor with a contact point and a lane of their own. Only the token's hash is kept. */
export async function makeVisitor(
  context: WebChatContext,
  visitor: NewVisitor,
): Promise<{ visitorId: string; token: string }> {
  const { clock } = context.timeline.context
  const visitorId = newId(clock)
  const token = PREFIX + randomBytes(32).toString('base64url')
  const contactPointId = await laneOfSighting(
    context.timeline.context,
    visitor.account,
    sightingOf(visitor.account, visitorId, visitor.locale),
  )
  const now = clock.now()
  await rows(
    context.db,
    sql`insert into web_chat.visitor (id, channel_account_id, token_hash, contact_point_id, origin, page, locale, created_at, seen_at)
      values (${visitorId}, ${visitor.account.id}, ${hashOf(token)}, ${contactPointId}, ${visitor.origin}, ${visitor.page}, ${visitor.locale},
        ${now}, ${now})`,
  )
  return { visitorId, token }
}

/** A visitor as the pipelines know them. */
export function sightingOf(account: ChannelAccountRow, visitorId: string, locale?: Locale | null) {
  return {
    channelAccountId: account.id,
    channel: 'web-chat' as const,
    externalId: visitorId,
    address: visitorId,
    ...(locale && { locale }),
  }
}

/** Who holds a token; undefined when nobody does. */
export async function findVisitor(
  db: Executor,
  token: string,
): Promise<(Visitor & { readonly origin: string }) | undefined> {
  if (!token.startsWith(PREFIX)) return undefined
  const row = await maybeOne(
    db,
    sql<{ id: string; contactPointId: string; channelAccountId: string; origin: string }>`
      select id, contact_point_id as "contactPointId", channel_account_id as "channelAccountId", origin
      from web_chat.visitor where token_hash = ${hashOf(token)}`,
  )
  return row && { kind: 'visitor', ...row }
}

/** Knows visitors by their bearer token, from the site that it was given to. */
export function authenticateVisitor(context: WebChatContext): Authenticate {
  return async (request) => {
    const { authorization } = request.headers
    if (!authorization?.startsWith(`Bearer ${PREFIX}`)) return undefined
    const visitor = await findVisitor(context.db, authorization.slice('Bearer '.length))
    if (!visitor) return undefined
    const account = await findChat(context, visitor.channelAccountId)
    if (!account) return undefined
    const origin = originOf(request)
    if (origin !== undefined && origin !== visitor.origin) throw new Refusal('origin_not_allowed', { origin })
    return visitor
  }
}

/** Ends the tokens of contact points that are erased, and forgets where they came from. Gives how many. */
export function forgetVisitors(tx: Executor, contactPointIds: readonly string[]): Promise<number> {
  return countChanged(
    tx,
    sql`delete from web_chat.visitor where contact_point_id = any(${[...contactPointIds]}::uuid[])`,
  )
}
