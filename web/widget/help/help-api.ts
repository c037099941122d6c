import type { Article, ArticleCard, ArticleHit, Highlighted } from '../../../contracts/articles.ts'

/** What a call came to; why it failed is told in one way only: try again. */
export type Got<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly missing: boolean }

export interface Found {
  readonly hits: readonly ArticleHit[]
  readonly corrected: string | null
}

/** The operations of the contract's `help` table that a reader's browser calls. */
export interface HelpApi {
  list: (signal: AbortSignal) => Promise<Got<readonly ArticleCard[]>>
  search: (q: string, signal: AbortSignal) => Promise<Got<Found>>
  read: (key: string, signal: AbortSignal) => Promise<Got<Article>>
  /** Tells whether an article helped. Nothing depends on it: a lost answer is lost. */
  vote: (key: string, vote: { readonly id: string; readonly helpful: boolean }) => void
}

/** Longer than any honest answer; a mobile network may swallow a request without ever closing it. */
const TIMEOUT_MS = 15_000
const LIST_MAX = 100

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isHighlighted = (value: unknown): value is Highlighted =>
  isRecord(value) && typeof value.text === 'string' && Array.isArray(value.hits)
const isHead = (value: unknown): value is Record<string, unknown> =>
  isRecord(value) && typeof value.key === 'string' && typeof value.locale === 'string'

const isCard = (value: unknown): value is ArticleCard =>
  isHead(value) && typeof value.title === 'string' && typeof value.summary === 'string'
const isHit = (value: unknown): value is ArticleHit =>
  isHead(value) && isHighlighted(value.title) && isHighlighted(value.excerpt)
const isArticle = (value: unknown): value is Article =>
  isHead(value) && typeof value.title === 'string' && typeof value.body === 'string'

const listed = (value: unknown): readonly ArticleCard[] | undefined =>
  isRecord(value) && Array.isArray(value.items) && value.items.every(isCard) ? value.items : undefined
const found = (value: unknown): Found | undefined =>
  isRecord(value) && Array.isArray(value.hits) && value.hits.every(isHit)
    ? { hits: value.hits, corrected: typeof value.corrected === 'string' ? value.corrected : null }
    : undefined

/** @param base origin of Otklik, without a slash at the end */
export const createHelpApi = (base: string, locale: string): HelpApi => {
  const root = `${base}/api/v1/help`
  const get = async <T>(
    path: string,
    read: (value: unknown) => T | undefined,
    signal: AbortSignal,
  ): Promise<Got<T>> => {
    const stop = new AbortController()
    const timer = setTimeout(() => stop.abort(), TIMEOUT_MS)
    signal.addEventListener('abort', () => stop.abort())
    try {
      const response = await fetch(`${root}/${path}`, { credentials: 'omit', signal: stop.signal })
      const value = response.ok ? read(await response.json()) : undefined
      return value === undefined ? { ok: false, missing: response.status === 404 } : { ok: true, value }
    } catch {
      return { ok: false, missing: false }
    } finally {
      clearTimeout(timer)
    }
  }
  return {
    list: (signal) => get(`articles?locale=${locale}&limit=${LIST_MAX}`, listed, signal),
    search: (q, signal) => get(`search?locale=${locale}&q=${encodeURIComponent(q)}`, found, signal),
    read: (key, signal) =>
      get(
        `articles/${encodeURIComponent(key)}?locale=${locale}`,
        (value) => (isArticle(value) ? value : undefined),
        signal,
      ),
    vote: (key, vote) => {
      void fetch(`${root}/articles/${encodeURIComponent(key)}/votes`, {
        method: 'POST',
        credentials: 'omit',
        keepalive: true,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(vote),
      }).catch(() => undefined)
    },
  }
}
