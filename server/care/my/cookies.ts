import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { addCookie, hostCookieName, readCookie } from '../../platform/http/index.ts'
import { sameSecret } from '../../platform/same-secret.ts'
import type { My } from './my.ts'

type Deps = Pick<My, 'settings' | 'subscribers'>
type Headers = Pick<FastifyRequest, 'headers'>

const YEAR_S = 365 * 86_400

const sessionName = (secure: boolean) => hostCookieName('otklik_my', secure)
const deviceName = (secure: boolean) => hostCookieName('otklik_my_device', secure)

/** The session as a request carries it. */
export function readSessionToken(request: Headers, { settings }: Pick<My, 'settings'>): string | undefined {
  return readCookie(request, sessionName(settings.secureCookies))
}

/**
 * Hands the token to the browser: no script can read it, no other site can write with it. `Lax`: the app also opens from a link in a
 * message. Of a device that is not trusted it goes with the browser.
 */
export function setSessionCookie(
  reply: FastifyReply,
  token: string,
  { secure, maxAgeS }: { readonly secure: boolean; readonly maxAgeS: number | undefined },
): void {
  addCookie(reply, sessionName(secure), token, {
    secure,
    sameSite: 'lax',
    ...(maxAgeS !== undefined && { maxAge: maxAgeS }),
  })
}

export function clearSessionCookie(reply: FastifyReply, secure: boolean): void {
  addCookie(reply, sessionName(secure), '', { secure, sameSite: 'lax', maxAge: 0 })
}

/**
 * The name of the device, if this number was signed in on it before: the cookie says so under our key. Whoever has signed out keeps it, so that
 * strangers who type the number cannot keep its owner from getting a code.
 */
export function deviceThatKnows(request: Headers, deps: Deps, msisdn: string): string | undefined {
  const [device, mark] = readCookie(request, deviceName(deps.settings.secureCookies))?.split('.') ?? []
  if (!device || !mark) return undefined
  return sameSecret(mark, markOf(deps, device, msisdn)) ? device : undefined
}

export function setDeviceCookie(reply: FastifyReply, deps: Deps, msisdn: string): void {
  const { secureCookies: secure } = deps.settings
  const device = randomBytes(12).toString('base64url')
  const value = `${device}.${markOf(deps, device, msisdn)}`
  addCookie(reply, deviceName(secure), value, { secure, sameSite: 'lax', maxAge: YEAR_S })
}

const markOf = ({ subscribers }: Deps, device: string, msisdn: string) =>
  subscribers.fingerprint(`my-device:${device}:${msisdn}`)
