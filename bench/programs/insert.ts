/** What the machine can do at most with a row at a time: raw INSERTs of the same texts, no HTTP at all. Answers `run`. */
import pg from 'pg'
import { answerParent } from '../harness/answer.ts'

interface Run {
  readonly databaseUrl: string
  readonly connections: number
  readonly seconds: number
  readonly warmup: number
  readonly first: number
  readonly text: string
}

answerParent({
  run: async ({ databaseUrl, connections, seconds, warmup, first, text }: Run) => {
    const clients = Array.from(
      { length: connections },
      () => new pg.Client({ connectionString: databaseUrl }),
    )
    await Promise.all(clients.map((client) => client.connect()))
    const from = performance.now() + warmup * 1000
    const until = from + seconds * 1000
    let number = first
    let counted = 0
    let accepted = 0
    await Promise.all(
      clients.map(async (client) => {
        while (performance.now() < until) {
          await client.query({
            name: 'keep',
            text: 'insert into bench.message (id, chat, text) values ($1, $2, $3)',
            values: [`mid.${number++}`, number % 5000, text],
          })
          accepted++
          if (performance.now() >= from) counted++
        }
        await client.end()
      }),
    )
    return { perSecond: counted / seconds, p50: 0, p99: 0, accepted, errors: 0 }
  },
})
