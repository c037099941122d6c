/** Searching help, right and misspelt: how long a reader waits, and what twenty times the articles cost. */
import path from 'node:path'
import { type Desk, openDesk } from './harness/desk.ts'
import { freePort } from './harness/free-port.ts'
import {
  begin,
  createQuiet,
  openPostgres,
  openStandIn,
  report,
  say,
  startProduct,
  summarize,
} from './harness/index.ts'

const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  right: [
    'роуминг',
    'как отключить платную подписку',
    'списали деньги за что',
    'не работает интернет на телефоне',
    'настройки apn iphone',
    'потеряла симку как заблокировать',
    'перейти к вам со своим номером',
    'сколько осталось гигабайтов и минут',
    'обещанный платёж',
    'подпи',
  ],
  misspelt: [
    'пиреадресацыя',
    'отключить падписку',
    'абещанный платеж',
    'интирнет не работат',
    'украле тилифон',
    'gthtflhtcfwbz',
    'jnrk.xbnm gjlgbcre',
    'мошеники званят',
    'роуминк в турцыи',
    'абырвалг кусяндра',
  ],
}
const AT_A_TIME = 8
const SYLLABLES = [
  'ба',
  'во',
  'ги',
  'ду',
  'жё',
  'зы',
  'ка',
  'ло',
  'ми',
  'ну',
  'по',
  'ри',
  'су',
  'те',
  'фа',
  'хи',
]

interface House {
  readonly size: number
  readonly designer: Desk
  readonly reader: Desk
  readonly url: string
}

await begin(async ({ quick, folder, atEnd }) => {
  const sizes = quick ? [50, 500] : [100, 2_000]
  const [rounds, samples] = quick ? [3, 2] : [5, 10]
  const quiet = createQuiet()
  const postgres = await openPostgres({ folder, atEnd })
  const standIn = await openStandIn()
  atEnd(() => standIn.close())

  const houses: House[] = []
  for (const size of sizes) {
    const product = await startProduct({
      dataDir: path.join(folder, `product-${size}`),
      port: await freePort(),
      databaseUrl: await postgres.createDatabase(`help_${size}`),
      doors: [],
      trustedOrigin: standIn.url,
      staff: true,
    })
    atEnd(() => product.end())
    const [designer, reader] = [await openDesk(product, 'pavel'), await openDesk(product, 'anna')]
    const house = { size, designer, reader, url: product.url }
    await fillHelp(house)
    houses.push(house)
  }

  const times = new Map(Object.keys(QUESTIONS).map((kind) => [kind, houses.map((): number[] => [])]))
  const foreign: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const done = await quiet.during(async () => {
      for (const [kind, questions] of Object.entries(QUESTIONS)) {
        for (let n = 0; n < samples * questions.length; n++) {
          const q = questions[n % questions.length] ?? ''
          // Sizes take turns sample by sample: what disturbs one disturbs all.
          for (const [place, house] of houses.entries()) {
            const ms = await timeSearch(house.reader, q)
            if (round > 0) times.get(kind)?.[place]?.push(ms)
          }
        }
      }
      return {}
    })
    foreign.push(done.foreign)
    say(`${round}/${rounds}, foreign ${done.foreign.toFixed(2)}`)
  }
  for (const [kind, bySize] of times) {
    const [few = [], many = []] = bySize
    const name = kind === 'right' ? 'knowledge' : `knowledge.${kind}`
    report({
      name,
      value: quantile(many, 0.95),
      unit: 'ms',
      baseline: quantile(few, 0.95),
      ratio: quantile(many, 0.95) / quantile(few, 0.95),
      p50: quantile(many, 0.5),
      p95: quantile(many, 0.95),
      articles: sizes,
      samples: many.length,
      foreign: summarize(foreign).median,
    })
  }
})

async function timeSearch(desk: Desk, q: string): Promise<number> {
  const from = performance.now()
  await desk.get(`/api/v1/help/search?q=${encodeURIComponent(q)}`)
  return performance.now() - from
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** Articles of the length of real ones, each with some words that no other has, published as a designer does. */
async function fillHelp({ size, designer, url }: House): Promise<void> {
  const { items } = await designer.get<{ items: { key: string }[] }>('/api/v1/help/articles?limit=100')
  const bodies: string[] = []
  for (const { key } of items) {
    const { body } = await designer.get<{ body: string }>(`/api/v1/help/articles/${key}`)
    bodies.push(body)
  }
  const lines = bodies.flatMap((body) => body.split('\n')).filter((line) => line.length > 40)
  const from = performance.now()
  for (let made = items.length; made < size; made += AT_A_TIME) {
    const some = Array.from({ length: Math.min(AT_A_TIME, size - made) }, (_, n) => made + n)
    await Promise.all(some.map((n) => publish({ designer, url }, n, lines)))
  }
  say(`${size} articles written in ${((performance.now() - from) / 1000).toFixed(0)} s`)
}

async function publish(
  { designer, url }: Pick<House, 'designer' | 'url'>,
  n: number,
  lines: readonly string[],
): Promise<void> {
  const words = Array.from({ length: 30 }, (_, at) => aWord(n * 30 + at))
  const body = Array.from({ length: 25 }, (_, at) => lines[(n * 37 + at * 11) % lines.length]).join('\n\n')
  const text = {
    topicId: null,
    audience: 'public',
    ru: {
      title: `Статья ${n}: ${words[0]}`,
      keywords: words.slice(1, 4),
      body: `${body}\n\n${words.join(' ')}`,
    },
    en: null,
  }
  const post = async (path: string, payload: object) => {
    const answer = await fetch(`${url}/api/v1/articles${path}`, {
      method: 'POST',
      headers: { ...designer.headers, 'content-type': 'application/json' },
      body: JSON.stringify(payload),
    })
    if (!answer.ok) throw new Error(`${answer.status} ${path}: ${await answer.text()}`)
    return (await answer.json()) as { id: string; version: number }
  }
  const { id, version } = await post('', { key: `article-${n}`, text })
  await post(`/${id}/publication`, { basedOn: version })
}

/** A word that nobody uses, another for each number. */
function aWord(n: number): string {
  return [n, n >> 4, n >> 8, n >> 12].map((part) => SYLLABLES[part & 15] ?? '').join('')
}
