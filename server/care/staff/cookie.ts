import type { FastifyReply, FastifyRequest } from 'fastify'
import { addCookie, hostCookieName, readCookie } from '../../platform/http/index.ts'

/** The name of the cookie that holds a session of the staff. */
const sessionCookieName = (secure: boolean) => hostCookieName('otklik_session', secure)

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
