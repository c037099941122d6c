import { setTimeout as pause } from 'node:timers/promises'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { generateText } from 'ai'
import type { Clock } from '../../../platform/clock.ts'
import { type Outgoing, retryDelay, Unavailable } from '../../../platform/outgoing/index.ts'
import type { Log } from '../../../platform/telemetry/index.ts'
import type { Advisor, AdvisorState } from './advisor.ts'
import { hidePersonal } from './hide-personal.ts'
import { judgeAdvice } from './judge-advice.ts'
import { writePrompt, writeSummaryPrompt } from './write-prompt.ts'

export interface AdvisorDeps {
  readonly clock: Clock
  readonly log: Log
  readonly outgoing: Outgoing
}

/** Where a model answers. */
export interface ModelEndpoint {
  /** Of an API like OpenAI's, with its version: https://llm.example.ru/v1. */
  readonly url: string
  readonly model: string
  readonly key: string | undefined
  /** It stands outside: numbers, names and addresses leave as tokens. */
  readonly remote: boolean
}

/** Somebody waits: after that the plain engine speaks alone. */
const TIMEOUT_MS = 6_000
const ATTEMPTS = 2
const RETRY = { baseMs: 200, maxMs: 800 }
const MOST_TOKENS = 500
const ANSWER_BYTES = 256 * 1024
const SUMMARY_MAX = 400

/** A language model behind any endpoint that speaks as OpenAI's does. */
export function createAdvisor({ clock, log, outgoing }: AdvisorDeps, endpoint: ModelEndpoint): Advisor {
  const service = new URL(endpoint.url).host
  const provider = createOpenAICompatible({
    name: 'model',
    baseURL: endpoint.url,
    ...(endpoint.key !== undefined && { apiKey: endpoint.key }),
    fetch: fetchThrough(outgoing),
  })
  let state: AdvisorState = {
    service,
    model: endpoint.model,
    remote: endpoint.remote,
    asked: 0,
    failed: 0,
    failedAt: null,
    reason: null,
  }
  const ask = async (told: { system: string; prompt: string }): Promise<string | null> => {
    state = { ...state, asked: state.asked + 1 }
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    for (let attempt = 1; ; attempt++) {
      try {
        const { text } = await generateText({
          model: provider(endpoint.model),
          ...told,
          maxOutputTokens: MOST_TOKENS,
          temperature: 0,
          maxRetries: 0,
          abortSignal: signal,
        })
        return text
      } catch (error) {
        if (attempt < ATTEMPTS && !signal.aborted) {
          await pause(retryDelay(attempt, RETRY))
          continue
        }
        const reason = signal.aborted ? 'timeout' : reasonOf(error)
        state = { ...state, failed: state.failed + 1, failedAt: clock.now(), reason }
        log.warn({ service, reason }, 'the language model did not answer; the plain engine speaks alone')
        return null
      }
    }
  }
  return {
    advise: async (question) => {
      const { hide, reveal } = endpoint.remote ? hidePersonal() : OPEN
      const told = writePrompt({ ...question, text: hide(question.text) })
      const answer = await ask(told)
      // What stood for personal words comes back before it is judged against theirs.
      return answer === null ? null : judgeAdvice(reveal(answer), question)
    },
    summarise: async (words, locale) => {
      const { hide, reveal } = endpoint.remote ? hidePersonal() : OPEN
      const language = locale === 'ru' ? 'Russian' : 'English'
      const answer = await ask(writeSummaryPrompt(words.map(hide), language))
      return answer === null ? null : reveal(answer).replace(/\s+/g, ' ').trim().slice(0, SUMMARY_MAX) || null
    },
    state: () => state,
  }
}

const same = (text: string) => text
const OPEN = { hide: same, reveal: same }

/** In a word, without what was said. */
function reasonOf(error: unknown): string {
  if (error instanceof Unavailable) return String(error.facts.reason ?? 'unavailable')
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  return typeof status === 'number' ? `status ${status}` : error instanceof Error ? error.name : 'unknown'
}

/** Everything that leaves goes through the house's one client. */
function fetchThrough(outgoing: Outgoing): typeof fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    const answer = await outgoing.request({
      url,
      method: 'POST',
      headers: Object.fromEntries(new Headers(init?.headers).entries()),
      ...(typeof init?.body === 'string' && { body: init.body }),
      timeoutMs: TIMEOUT_MS,
      maxBytes: ANSWER_BYTES,
      ...(init?.signal && { signal: init.signal }),
    })
    return new Response(new Uint8Array(answer.body), {
      status: answer.status,
      headers: { 'content-type': answer.headers['content-type'] ?? 'application/json' },
    })
  }
}
