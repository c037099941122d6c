import { z } from 'zod'
import { integrations } from '../../contracts/integrations.ts'
import type { ServiceScope } from '../../contracts/route.ts'
import { recogniseParty } from '../../server/care/subscribers/index.ts'
import { findInForce, seedCatalogue } from '../../server/operator/catalogue/index.ts'
import { addParty, connectOffering, giveDiscount, openLines } from '../../server/operator/lines/index.ts'
import { inTransaction } from '../../server/platform/database/index.ts'
import { valuesAt } from '../../server/tmf/core/attribute.ts'
import { aStaffCaller } from './caller.ts'
import { aContent, aDiscount, anOption, aTariff } from './offerings.ts'
import { anOtklik, type TestOtklik } from './otklik.ts'

/** Another system that calls the TM Forum APIs. */
export interface TmfCaller {
  readonly token: string
  ask(
    path: string,
    init?: { method?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<TmfAnswer>
}

export interface TmfAnswer {
  readonly status: number
  readonly headers: Headers
  /** Looked into by `thingIn` and `listIn`. */
  readonly body: unknown
}

const Thing = z.looseObject({ id: z.string() })
export type Thing = z.infer<typeof Thing>

/** A body that is one thing. */
export const thingIn = (body: unknown): Thing => Thing.parse(body)

/** The one text that a body has at a path; lists on the way are looked through. */
export const textIn = (body: unknown, path: string): string =>
  z.tuple([z.string()]).parse(valuesAt({ body }, `body.${path}`))[0]

/** A body that is a list of things. */
export const listIn = (body: unknown): Thing[] => z.array(Thing).parse(body)

export interface TmfHouse {
  readonly otklik: TestOtklik
  /** Client id and secret of a new service token. */
  aClient(scopes?: ServiceScope[]): Promise<{ id: string; clientId: string; secret: string }>
  aSystem(scopes?: ServiceScope[]): Promise<TmfCaller>
  askForToken(form: Record<string, string>, headers?: Record<string, string>): Promise<TmfAnswer>
  /** A line of somebody whom we have met, with an option, a paid subscription and a discount; `bare`: without those. */
  aLine(wanted?: { name?: string; partyId?: string; kopecks?: number; bare?: boolean }): Promise<TmfLine>
  aParty(name: string, kind?: 'person' | 'company'): Promise<string>
  end(): Promise<void>
}

export interface TmfLine {
  readonly id: string
  readonly msisdn: string
  readonly partyId: string
}

let numbers = 0

/** An installation on its own lines, with a catalogue, as other systems call it. */
export async function aTmfHouse({
  on,
  ...options
}: NonNullable<Parameters<typeof anOtklik>[0]> & {
  /** An installation that runs already. */
  on?: TestOtklik
} = {}): Promise<TmfHouse> {
  const otklik = on ?? (await anOtklik(options))
  const { db, clock, lines, url } = otklik
  await seedCatalogue(
    db,
    clock,
    [
      aTariff(),
      aTariff({
        code: 'b-tariff',
        title: { ru: 'Название b-tariff', en: 'Title of b-tariff' },
        feeKopecks: 70_000,
      }),
      anOption(),
      aContent(),
      aDiscount(),
    ],
    'Волна',
  )
  const admin = await aStaffCaller(url, otklik.logins.admin)
  const aClient = async (scopes: ServiceScope[] = ['read', 'write', 'numbers']) => {
    const { token, info } = await admin.call(integrations.createServiceToken, {
      body: { name: 'биллинг', scopes, days: 30 },
    })
    return { id: info.id, clientId: info.prefix, secret: token }
  }
  const ask = async (path: string, init: RequestInit): Promise<TmfAnswer> => {
    const answer = await fetch(url + path, init)
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) }
  }
  const askForToken = (form: Record<string, string>, headers: Record<string, string> = {}) =>
    ask('/oauth/token', { method: 'POST', body: new URLSearchParams(form), headers })
  const aParty = (name: string, kind: 'person' | 'company' = 'person') =>
    inTransaction(db, (tx) => addParty(tx, lines, { kind, name }))
  return {
    otklik,
    aClient,
    askForToken,
    aParty,
    aSystem: async (scopes) => {
      const { clientId, secret } = await aClient(scopes)
      const { body } = await askForToken({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: secret,
      })
      const token = textIn(body, 'access_token')
      return {
        token,
        ask: (path, { method = 'GET', body: sent, headers } = {}) =>
          ask(`/tmf-api${path}`, {
            method,
            headers: {
              authorization: `Bearer ${token}`,
              ...(sent !== undefined && { 'content-type': 'application/json' }),
              ...headers,
            },
            ...(sent !== undefined && { body: JSON.stringify(sent) }),
          }),
      }
    },
    aLine: async ({ name = 'Анна Орлова', partyId, kopecks = 500_000, bare = false } = {}) => {
      const holder = partyId ?? (await aParty(name))
      const msisdn = `7902${String(1_000_000 + ++numbers)}`
      const tariff = await findInForce(db, 'a-tariff')
      const id = await inTransaction(db, async (tx) => {
        await recogniseParty(tx, otklik.my.subscribers, { partyId: holder, name, locale: 'ru' })
        const [lineId = ''] = await openLines(tx, lines, [
          {
            partyId: holder,
            msisdn,
            region: 'msk',
            timeZone: 'Europe/Moscow',
            tariffId: tariff?.id ?? '',
            opening: { kopecks, from: 'payments:test' },
          },
        ])
        if (bare) return lineId
        await giveDiscount(tx, lines, { lineId, ref: `discount:${msisdn}`, code: 'a-discount' })
        await connectOffering(tx, lines, { lineId, ref: `option:${msisdn}`, code: 'an-option' })
        await connectOffering(tx, lines, {
          lineId,
          ref: `content:${msisdn}`,
          code: 'a-content',
          consent: { through: 'api', words: 'Согласна' },
        })
        return lineId
      })
      return { id, msisdn, partyId: holder }
    },
    end: () => otklik.end(),
  }
}
