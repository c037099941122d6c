/** Signed-in readers of Home in a process of their own, each on a line of theirs at random. Answers `open`, then `run` and `runOnce` as often as asked. */
import { randomInt } from 'node:crypto'
import pg from 'pg'
import { answerParent } from '../harness/answer.ts'
import { sessionToken } from '../harness/fill-lines.ts'
import { type Load, type LoadResult, runLoad } from '../harness/http-load.ts'

export interface Reading extends Load {
  /** What is asked, up to the id of the line. */
  readonly path: string
}

let lineIds: readonly string[] = []

/** Everybody has an address of their own, as the balancer in front tells it: the shield against floods counts by address. */
const addressOf = (n: number) => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`

function requestOf(path: string, n: number): Buffer {
  return Buffer.from(
    `GET ${path}${lineIds[n - 1]} HTTP/1.1\r\nhost: my.example\r\ncookie: otklik_my=${sessionToken(n)}\r\nx-otklik-app: my\r\nx-forwarded-for: ${addressOf(n)}\r\naccept: application/json\r\n\r\n`,
    'latin1',
  )
}

async function open(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ id: string }>('select line_id as id from my.session s order by s.id')
  await client.end()
  lineIds = rows.map(({ id }) => id)
  return lineIds.length
}

const run = ({ path, ...load }: Reading): Promise<LoadResult> =>
  runLoad(load, () => requestOf(path, 1 + randomInt(lineIds.length)))

/** Everybody once, one after the other. */
function runOnce({ path, ...load }: Reading): Promise<LoadResult> {
  let last = 0
  return runLoad({ ...load, most: lineIds.length }, () => requestOf(path, ++last))
}

answerParent({ open, run, runOnce })
