import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { measureWidget } from './measure-size.ts'

const LOADER_MAX = 5 * 1024
const TOTAL_MAX = 40 * 1024

describe('what the widget costs a page', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'otklik-widget-'))
    await build({
      configFile: join(import.meta.dirname, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: folder, emptyOutDir: true },
    })
  }, 60_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test.each(['ru', 'en'] as const)(
    'in %s: loader ≤ 5 KB, everything with help ≤ 40 KB, gzipped',
    async (locale) => {
      const size = await measureWidget(locale, folder)
      const { loader, total, help } = size
      console.info(`widget ${locale}: loader ${loader} B, all ${total} B gz, help ${help} B more`, size.files)
      expect(loader).toBeLessThanOrEqual(LOADER_MAX)
      expect(total + help).toBeLessThanOrEqual(TOTAL_MAX)
    },
  )
})
