import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import rules from '../.dependency-cruiser.mjs'
import { checkArchitecture } from './architecture.mjs'

let root: string
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'otklik-architecture-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** Writes a file that imports another one (empty unless it is planted too). */
function plant(from: string, to: string): void {
  for (const file of [from, to]) mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  const relative = path.relative(path.dirname(from), to)
  writeFileSync(path.join(root, to), 'export const x = 1\n', { flag: 'a' })
  writeFileSync(
    path.join(root, from),
    `import { x } from '${relative.startsWith('.') ? relative : `./${relative}`}'\nexport const y = x\n`,
  )
}

const planted: [rule: string, from: string, to: string][] = [
  ['contracts-are-pure', 'contracts/a.ts', 'server/b.ts'],
  ['messages-are-texts', 'messages/a.ts', 'server/b.ts'],
  ['web-sees-only-contracts', 'web/desk/a.ts', 'server/b.ts'],
  ['one-web-app-does-not-see-another', 'web/desk/a.ts', 'web/my/b.ts'],
  ['platform-knows-no-domain', 'server/platform/bus/index.ts', 'server/care/topics/index.ts'],
  ['operator-knows-no-care', 'server/operator/lines/index.ts', 'server/care/topics/index.ts'],
  ['care-knows-no-door', 'server/care/topics/index.ts', 'server/channels/max/index.ts'],
  ['modules-talk-through-faces', 'server/care/topics/index.ts', 'server/care/timeline/store.ts'],
  ['modules-talk-through-faces', 'server/care/topics/index.ts', 'server/platform/database/pool.ts'],
  ['outsiders-see-faces', 'server/main.ts', 'server/care/timeline/store.ts'],
  ['channels-see-only-the-timeline', 'server/channels/max/index.ts', 'server/care/staff/index.ts'],
  ['channels-see-only-the-timeline', 'server/channels/max/index.ts', 'server/channels/telegram/index.ts'],
  ['world-is-outside', 'world/max/a.ts', 'server/b.ts'],
  ['nobody-sees-the-world', 'server/a.ts', 'world/b.ts'],
  ['production-sees-no-tests', 'server/a.ts', 'test/factories.ts'],
  ['only-main-reads-the-settings', 'server/care/staff/index.ts', 'server/config.ts'],
]

describe('a planted violation is found', () => {
  test.each(planted)('%s: %s → %s', async (rule, from, to) => {
    plant(from, to)
    const { modules, violations } = await checkArchitecture(root, [from.split('/')[0]!])
    expect(modules).toBeGreaterThan(0)
    expect(violations).toContain(`${rule}: ${from} → ${to}`)
  })

  test('no-cycles', async () => {
    plant('server/a.ts', 'server/b.ts')
    plant('server/b.ts', 'server/a.ts')
    const { violations } = await checkArchitecture(root, ['server'])
    expect(violations.filter((found) => found.startsWith('no-cycles'))).not.toEqual([])
  })

  test('every rule has one', () => {
    const shown = new Set(['no-cycles', ...planted.map(([rule]) => rule)])
    expect(rules.forbidden.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([])
  })
})

test('what the design allows passes', async () => {
  plant('server/main.ts', 'server/care/timeline/index.ts')
  plant('server/channels/max/index.ts', 'server/care/timeline/index.ts')
  plant('server/care/timeline/store.ts', 'server/platform/database/index.ts')
  plant('server/care/timeline/store.test.ts', 'test/factories.ts')
  plant('web/desk/a.ts', 'web/shared/b.ts')
  plant('web/my/a.ts', 'messages/ru.ts')
  const { modules, violations } = await checkArchitecture(root, ['server', 'web', 'messages', 'test'])
  expect(modules).toBeGreaterThan(9)
  expect(violations).toEqual([])
})
