import path from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../../server/platform/database/index.ts'
import { createLog } from '../../server/platform/telemetry/index.ts'
import type { Settings } from './begin.ts'

export interface Postgres {
  /** A product whose data folder this is takes the server for its own, as the default installation has it. */
  readonly dataDir: string
  readonly connectionString: string
  readonly pid: number
  /** A connection for setting up and counting. */
  readonly client: pg.Client
  /** A further database on the same server. Gives how to reach it. */
  createDatabase(name: string): Promise<string>
}

/** PostgreSQL in the run's folder, as the product starts it. */
export async function openPostgres({ folder, atEnd }: Pick<Settings, 'folder' | 'atEnd'>): Promise<Postgres> {
  const dataDir = path.join(folder, 'database')
  const server = await startEmbedded({ dataDir, log: createLog({ level: 'silent' }) })
  atEnd(() => server.stop())
  const client = new pg.Client({ connectionString: server.connectionString })
  client.on('error', () => undefined)
  await client.connect()
  atEnd(() => client.end())
  return {
    dataDir,
    connectionString: server.connectionString,
    get pid() {
      return server.pid
    },
    client,
    createDatabase: async (name) => {
      await client.query(`create database ${name}`)
      return server.connectionString.replace(/\/otklik\?/, `/${name}?`)
    },
  }
}
