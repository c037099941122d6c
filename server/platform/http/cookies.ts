import { hash, randomBytes } from 'node:crypto'
import { fastifyCookie } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** A new opaque token (256 random bits) and what a table keeps of it. */
export function newToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashOfToken(token) }
}

/** SHA-256: the token is random enough that nothing slower is needed. */
export function hashOfToken(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}

/** The same as text, in hexadecimal digits. */
export function hashTextOfToken(token: string): string {
  return hash('sha256', token, 'hex')
}

/** `__Host-` binds a cookie to this host, path / and https; browsers refuse the prefix without https. */
export const hostCookieName = (name: string, secure: boolean) => (secure ? `__Host-${name}` : name)

/** One cookie of a request, read from the header itself: it works on an upgrade and without a plug-in. */
export function readCookie(request: Pick<FastifyRequest, 'headers'>, name: string): string | undefined {
  const header = request.headers.cookie
  return header === undefined ? undefined : fastifyCookie.parse(header)[name]
}

interface CookieOptions {
  readonly secure: boolean
  /** Default: strict. */
  readonly sameSite?: 'strict' | 'lax'
  /** In seconds; absent: it lives as long as the browser does. */
  readonly maxAge?: number
}

/** Hands a cookie to the browser that no script can read. */
export function addCookie(reply: FastifyReply, name: string, value: string, options: CookieOptions): void {
  const cookie = fastifyCookie.serialize(name, value, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    ...options,
  })
  reply.header('set-cookie', cookie)
}
