import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

const KIB = 1024
const SCRIPT_MAX = 345 * KIB
const CSS_MAX = 50 * KIB

type Output = Rolldown.RolldownOutput['output'][number]
type Chunk = Rolldown.OutputChunk

const bytesOf = (source: string | Uint8Array) => gzipSync(source, { level: 9 }).length

describe('what the desk costs before its first screen', () => {
  let output: readonly Output[] = []
  /** The entry and whatever it cannot do without. */
  const first = new Map<string, Chunk>()
  beforeAll(async () => {
    // React that watches over developers is larger by a fifth.
    vi.stubEnv('NODE_ENV', 'production')
    const built = await build({
      configFile: join(import.meta.dirname, 'vite.config.ts'),
      logLevel: 'error',
      build: { write: false },
    })
    if (!('output' in built)) throw new Error('one build was asked for')
    output = built.output
    const add = (name: string) => {
      const chunk = output.find((one) => one.fileName === name)
      if (chunk?.type !== 'chunk' || first.has(name)) return
      first.set(name, chunk)
      for (const other of chunk.imports) add(other)
    }
    for (const one of output) if (one.type === 'chunk' && one.isEntry) add(one.fileName)
  }, 120_000)
  afterAll(() => void vi.unstubAllEnvs())

  test('at most 345 KB of script and 50 KB of CSS, gzipped', () => {
    const script = [...first.values()].reduce((sum, { code }) => sum + bytesOf(code), 0)
    const names = new Set(
      [...first.values()].flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]),
    )
    const css = output
      .filter((one) => names.has(one.fileName))
      .reduce((sum, one) => sum + (one.type === 'asset' ? bytesOf(one.source) : 0), 0)
    console.info(`desk: ${script} B of script, ${css} B of CSS, gzipped`)
    expect(script).toBeGreaterThan(0)
    expect(script).toBeLessThanOrEqual(SCRIPT_MAX)
    expect(css).toBeGreaterThan(0)
    expect(css).toBeLessThanOrEqual(CSS_MAX)
  })

  test('the inbox, a conversation and the search are in it; rooms of their own and either language come when they are asked for', () => {
    const modules = [...first.values()].flatMap(({ moduleIds }) => moduleIds)
    const has = (part: string) => modules.some((id) => id.includes(`/web/desk/${part}`))
    // The search is a key away: letters that are typed right after it must find their field.
    expect(
      ['inbox/inbox-page.tsx', 'conversation/conversation-page.tsx', 'search/search-page.tsx'].filter(
        (part) => !has(part),
      ),
    ).toEqual([])
    const later = [
      'assistant/graph/',
      'assistant/workshop/',
      'assistant/locales/',
      'catalogue/offering-editor.tsx',
      'catalogue/preview.tsx',
      'containment/',
      'locales/en.ts',
      'locales/ru.ts',
      'market/rules-page.tsx',
      'settings/settings-page.tsx',
    ]
    expect(later.filter(has)).toEqual([])
  })
})
