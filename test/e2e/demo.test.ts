import { chmod, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import manifest from '../../package.json' with { type: 'json' }
import { aStaffCaller, type Caller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { freePort } from '../factories/otklik.ts'
import { type Program, startProgram, until } from '../factories/program.ts'

const LONG_MS = 120_000
const DOORS = ['email', 'max', 'sms', 'telegram']

let folder: string
let ports: { PORT: string; WORLD_PORT: string }
let program: Program
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'otklik-demo-'))
  await chmod(folder, 0o711)
  ports = { PORT: String(await freePort()), WORLD_PORT: String(await freePort()) }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function openDemo(): Promise<Caller> {
  program = await startProgram({ OTKLIK_DATA: path.join(folder, 'data'), ...ports })
  await until(() => program.said().includes('Ctrl-C'), program)
  const password = /irina@demo\.example +(\S+)/.exec(program.said())?.[1] ?? ''
  return aStaffCaller(`http://127.0.0.1:${ports.PORT}`, { email: 'irina@demo.example', password })
}

async function closeDemo(): Promise<void> {
  program.interrupt()
  expect(await program.exitCode()).toBe(0)
}

const doorsOf = async (irina: Caller) => {
  const { items } = await irina.call(contracts.conversations.listConversations, { query: { view: 'all' } })
  return items.map(({ channel }) => channel).sort()
}

const apiVersion = async () => {
  const answer = await fetch(`http://127.0.0.1:${ports.PORT}/openapi.json`)
  return ((await answer.json()) as { info: { version: string } }).info.version
}

test(
  'the demo opens with somebody waiting at each door, signs in with what it prints, and starts again as it was left',
  async () => {
    const irina = await openDemo()
    await eventually(async () => {
      expect(await doorsOf(irina)).toEqual(DOORS)
      return true
    })
    expect(await apiVersion()).toBe(manifest.version)
    await closeDemo()
    expect(await doorsOf(await openDemo())).toEqual(DOORS)
    await closeDemo()
  },
  LONG_MS,
)
