import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compressTexts } from './compress.mjs'

const script = 'let sum = 0\n'.repeat(500)
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'compress-'))
  await mkdir(path.join(folder, 'my/assets'), { recursive: true })
  await writeFile(path.join(folder, 'my/assets/app.js'), script)
  await writeFile(path.join(folder, 'my/assets/font.woff2'), Buffer.alloc(4_000))
  await writeFile(path.join(folder, 'my/icon.svg'), '<svg/>')
  compressTexts(folder)
})
afterAll(() => rm(folder, { recursive: true }))

test('a text has its compressed selves beside it', async () => {
  const read = (name: string) => readFile(path.join(folder, 'my/assets', name))
  const [gz, br] = [await read('app.js.gz'), await read('app.js.br')]
  expect(gunzipSync(gz).toString()).toBe(script)
  expect(brotliDecompressSync(br).toString()).toBe(script)
  expect(gz.length).toBeLessThan(script.length / 10)
})

test('what is small, or compressed already, has none', async () => {
  expect((await readdir(path.join(folder, 'my/assets'))).sort()).toEqual([
    'app.js',
    'app.js.br',
    'app.js.gz',
    'font.woff2',
  ])
  expect((await readdir(path.join(folder, 'my'))).sort()).toEqual(['assets', 'icon.svg'])
})
