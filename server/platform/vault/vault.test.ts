import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openVault } from './index.ts'

const newKey = () => randomBytes(32).toString('base64')
const secret = Buffer.from('bot token 42')

let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'vault-'))
})
afterAll(() => rm(dataDir, { recursive: true }))

describe('sealing', () => {
  test('gives back what was sealed, in its own context only', async () => {
    const vault = await openVault({ key: newKey(), dataDir })
    const sealed = vault.seal(secret, 'channel:1')
    expect(sealed.includes('bot token')).toBe(false)
    expect(vault.open(sealed, 'channel:1')).toEqual(secret)
    expect(() => vault.open(sealed, 'channel:2')).toThrow('another place')
  })

  test('every changed byte is noticed', async () => {
    const vault = await openVault({ key: newKey(), dataDir })
    const sealed = vault.seal(secret, 'x')
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => vault.open(changed, 'x')).toThrow()
    }
    expect(() => vault.open(Buffer.alloc(5), 'x')).toThrow('not sealed data')
  })
})

describe('rotation', () => {
  test('the first key seals, all open, and what an old key sealed can be sealed anew', async () => {
    const [older, newer] = [newKey(), newKey()]
    const sealed = (await openVault({ key: older, dataDir })).seal(secret, 'x')
    const both = await openVault({ key: `${newer},${older}`, dataDir })
    expect(both.open(sealed, 'x')).toEqual(secret)
    const anew = both.reseal(sealed, 'x')
    expect(both.reseal(anew, 'x')).toBe(anew)
    const newest = await openVault({ key: newer, dataDir })
    expect(newest.open(anew, 'x')).toEqual(secret)
    expect(() => newest.open(sealed, 'x')).toThrow('not among the configured keys')
  })

  test('fingerprints tell equal from different and depend on the key', async () => {
    const [one, other] = [
      await openVault({ key: newKey(), dataDir }),
      await openVault({ key: newKey(), dataDir }),
    ]
    expect(one.fingerprint('79001234567')).toBe(one.fingerprint('79001234567'))
    expect(one.fingerprint('79001234567')).not.toBe(one.fingerprint('79001234568'))
    expect(one.fingerprint('79001234567')).not.toBe(other.fingerprint('79001234567'))
  })
})

describe('the key file', () => {
  test('is made once, for its owner only', async () => {
    const folder = path.join(dataDir, 'made')
    const sealed = (await openVault({ dataDir: folder })).seal(secret, 'x')
    expect((await stat(path.join(folder, 'key'))).mode & 0o777).toBe(0o600)
    expect((await openVault({ dataDir: folder })).open(sealed, 'x')).toEqual(secret)
  })

  test('is refused when others may read it, with the command that mends it', async () => {
    const folder = path.join(dataDir, 'open')
    await openVault({ dataDir: folder })
    await chmod(path.join(folder, 'key'), 0o644)
    await expect(openVault({ dataDir: folder })).rejects.toThrow(`chmod 600 '${folder}/key'`)
  })

  test('a malformed key is refused without being told', async () => {
    const bad = 'c2hvcnQ='
    const error = await openVault({ key: `${newKey()},${bad}`, dataDir }).catch((failure: Error) => failure)
    expect(error).toMatchObject({ name: 'KeyUnusable' })
    expect(String(error)).toContain('OTKLIK_KEY, key 2')
    expect(String(error)).not.toContain(bad)
    expect(await readFile(path.join(dataDir, 'made', 'key'), 'utf8')).toHaveLength(45)
  })
})
