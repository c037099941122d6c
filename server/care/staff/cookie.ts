import { createHash, randomBytes } from 'node:crypto'
import { fastifyCookie } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** `__Host-` binds the cookie to this host, path / and https; browsers refuse the prefix without https. */
export const sessionCookieName = (secure: boolean) => (secure ? '__Host-otklik_session' : 'otklik_session')

/** A new session token (256 random bits) and what the table keeps of it. */
export function newSessionToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashOfToken(token) }
}

/** SHA-256: the token is random enough that nothing slower is needed. */
export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** One cookie of a request, read from the header itself: it works on an upgrade and without a plug-in. */
export function readCookie(request: Pick<FastifyRequest, 'headers'>, name: string): string | undefined {
  const header = request.headers.cookie
  return header === undefined ? undefined : fastifyCookie.parse(header)[name]
}

/** The session cookie as a request carries it. */
export function readSessionToken(
  request: Pick<FastifyRequest, 'headers'>,
  secure: boolean,
): string | undefined {
  return readCookie(request, sessionCookieName(secure))
}

/** Hands the token to the browser: no script can read it, no other site can send it. Lives as long as the browser does. */
export function setSessionCookie(reply: FastifyReply, token: string, secure: boolean): void {
  addCookie(reply, sessionCookieName(secure), token, { secure })
}

export function clearSessionCookie(reply: FastifyReply, secure: boolean): void {
  addCookie(reply, sessionCookieName(secure), '', { secure, maxAge: 0 })
}

interface CookieOptions {
  readonly secure: boolean
  readonly sameSite?: 'strict' | 'lax'
  readonly maxAge?: number
}

export function addCookie(reply: FastifyReply, name: string, value: string, options: CookieOptions): void {
  const cookie = fastifyCookie.serialize(name, value, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    ...options,
  })
  reply.header('set-cookie', cookie)
}
