import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { migrate, NewerSchema } from './index.ts'

let dir: string
let connectionString: string
let server: pg.Client
let name: string
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'otklik-migrations-'))
  const template = inject('postgres')
  server = new pg.Client({ connectionString: template.replace(/@\/\w+/, '@/postgres') })
  await server.connect()
  name = `migrate_${process.pid}_${Date.now()}`
  await server.query(`create database ${name}`)
  connectionString = template.replace(/@\/\w+/, `@/${name}`)
})
afterEach(async () => {
  await server.query(`drop database ${name} with (force)`)
  await server.end()
  await rm(dir, { recursive: true })
})

const file = (migration: string, text: string) => writeFile(path.join(dir, migration), text)

test('each file runs once, in order, and the tables of the job queue are there', async () => {
  await file('0001-first.sql', 'create table a (n int);')
  await file('0002-second.sql', 'alter table a add m int;')
  await file('0002-second.sql~', 'nonsense')
  expect(await migrate(connectionString, { dir })).toEqual(['0001-first', '0002-second'])
  expect(await migrate(connectionString, { dir })).toEqual([])
  const client = new pg.Client({ connectionString })
  await client.connect()
  await client.query('select n, m from a')
  await client.query(`select graphile_worker.add_job('x')`)
  await client.end()
})

test('nodes that start together wait for each other', async () => {
  await file('0001-first.sql', 'create table a (n int); select pg_sleep(0.2);')
  const ran = await Promise.all([1, 2, 3].map(() => migrate(connectionString, { dir })))
  expect(ran.flat()).toEqual(['0001-first'])
})

test('a file that fails leaves nothing behind, and those before it stay', async () => {
  await file('0001-first.sql', 'create table a (n int);')
  await file('0002-second.sql', 'create table b (n int); select nonsense;')
  await expect(migrate(connectionString, { dir })).rejects.toThrow(/rolled back[\s\S]*nonsense/)
  await file('0002-second.sql', 'create table b (n int);')
  expect(await migrate(connectionString, { dir })).toEqual(['0002-second'])
})

test('a database that a newer version has used is refused', async () => {
  await file('0001-first.sql', 'create table a (n int);')
  await file('0002-newer.sql', 'create table b (n int);')
  await migrate(connectionString, { dir })
  await rm(path.join(dir, '0002-newer.sql'))
  const old = migrate(connectionString, { dir })
  await expect(old).rejects.toThrow(NewerSchema)
  await expect(old).rejects.toThrow('0002-newer')
})

test('who needs a table that somebody works on lets those through who come after it', async () => {
  await file('0001-first.sql', 'create table a (n int);')
  await migrate(connectionString, { dir })
  const [worker, visitor] = [new pg.Client({ connectionString }), new pg.Client({ connectionString })]
  await Promise.all([worker.connect(), visitor.connect()])
  await worker.query('begin; select n from a')

  await file('0002-second.sql', 'create table b (n int);')
  await file('0003-third.sql', 'alter table a add m int;')
  let steppedAside = () => {}
  const aside = new Promise<void>((resolve) => (steppedAside = resolve))
  const migrating = migrate(connectionString, {
    dir,
    onBusy: () => steppedAside(),
  })
  await aside
  await visitor.query(`set statement_timeout = '5s'; select n from a`)
  await worker.query('commit')
  expect(await migrating).toEqual(['0002-second', '0003-third'])
  await visitor.query('select m from a')
  await Promise.all([worker.end(), visitor.end()])
})
