import { maskNumber } from '../../care/subscribers/index.ts'
import type { Db } from '../../platform/database/index.ts'
import type { Service } from '../../platform/http/index.ts'
import type { TmfRoom } from '../tmf-room.ts'

/** One request of another system. */
export interface Call {
  readonly db: Db
  readonly room: TmfRoom
  readonly actor: Service
  /** Where the request came from. */
  readonly address: string
  /** What a repeat of a write is known by. */
  readonly key: string | undefined
  readonly locale: 'ru' | 'en'
}

/** Where a thing is found. */
export const hrefOf = ({ room }: Call, api: string, resource: string, id: string): string =>
  `${room.publicUrl}/tmf-api/${api}/v4/${resource}/${encodeURIComponent(id)}`

/** A phone number as this caller may see it: whole with the scope `numbers`, masked otherwise. */
export const numberFor = ({ actor }: Call, msisdn: string): string =>
  actor.scopes.includes('numbers') ? msisdn : maskNumber(msisdn)

/** A text in the language that was asked for. */
export const wordsFor = ({ locale }: Call, words: { readonly ru: string; readonly en: string }): string =>
  words[locale]
