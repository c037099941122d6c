import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { beforeAll, describe, expect, test } from 'vitest'

const KIB = 1024
const SCRIPT_MAX = 170 * KIB
const CSS_MAX = 40 * KIB

type Output = Rolldown.RolldownOutput['output'][number]
type Chunk = Rolldown.OutputChunk

const bytesOf = (source: string | Uint8Array) => gzipSync(source, { level: 9 }).length

describe('what the signed-in Home costs a phone', () => {
  let output: readonly Output[] = []
  /** The entry and whatever it cannot do without, the signed-in frame and Home among it. */
  const first = new Map<string, Chunk>()
  beforeAll(async () => {
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
  }, 60_000)

  test('at most 170 KB of script, gzipped', () => {
    const bytes = [...first.values()].reduce((sum, { code }) => sum + bytesOf(code), 0)
    console.info(`Home: ${bytes} B of script, gzipped`)
    expect(bytes).toBeGreaterThan(0)
    expect(bytes).toBeLessThanOrEqual(SCRIPT_MAX)
  })

  test('at most 40 KB of CSS, gzipped', () => {
    const names = new Set(
      [...first.values()].flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]),
    )
    const sheets = output.filter((one) => one.type === 'asset' && names.has(one.fileName))
    const bytes = sheets.reduce((sum, one) => sum + (one.type === 'asset' ? bytesOf(one.source) : 0), 0)
    console.info(`Home: ${bytes} B of CSS, gzipped`)
    expect(bytes).toBeGreaterThan(0)
    expect(bytes).toBeLessThanOrEqual(CSS_MAX)
  })

  test('Home is in it; charts, forms and every other screen come when they are opened', () => {
    const modules = [...first.values()].flatMap(({ moduleIds }) => moduleIds)
    const has = (part: string) => modules.some((id) => id.includes(`/web/my/${part}`))
    expect(has('home/home-page.tsx')).toBe(true)
    const later = [
      'finance/bars.tsx',
      'finance/money-forms.tsx',
      'orders/order-sheet.tsx',
      'services/services-page.tsx',
      'market/',
      'locales/finance-',
      'locales/market-',
      'locales/settings-',
      'data/market.ts',
      'tariff/',
      'settings/',
      'help/',
    ]
    expect(later.filter(has)).toEqual([])
  })

  test('of the contracts only those that Home speaks by, not what the desk asks for', () => {
    const modules = [...first.values()].flatMap(({ modules }) =>
      Object.entries(modules).flatMap(([id, { renderedLength }]) => (renderedLength > 0 ? [id] : [])),
    )
    const has = (part: string) => modules.some((id) => id.endsWith(`/contracts/${part}`))
    expect(has('my.ts')).toBe(true)
    const elsewhere = [
      'conversations.ts',
      'privacy.ts',
      'market/console-routes.ts',
      'market/looking-after.ts',
      'market/rules.ts',
      'market/trading-routes.ts',
    ]
    expect(elsewhere.filter(has)).toEqual([])
  })
})
