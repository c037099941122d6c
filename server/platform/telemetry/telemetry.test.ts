import { describe, expect, test } from 'vitest'
import { createLog, createMetrics, maskText, requestIdOf } from './index.ts'

const CARD = '4276 1600 1234 5678'
const PHONE = '+7 900 123-45-67'
const MAIL = 'anna.petrova@example.ru'
const PLANTED = [/4276/, /5678/, /9001234567/, /900 123/, /123-45/, /petrova/, /hunter2/, /sesame/]

function logged(write: (log: ReturnType<typeof createLog>) => void): {
  text: string
  lines: Record<string, unknown>[]
} {
  const written: string[] = []
  write(createLog({ level: 'trace', destination: { write: (line: string) => void written.push(line) } }))
  return { text: written.join(''), lines: written.map((line) => JSON.parse(line)) }
}

describe('personal data', () => {
  test('reaches no log, wherever it is planted', () => {
    const { text, lines } = logged((log) => {
      const failure = Object.assign(new Error(`no person ${MAIL}`, { cause: new Error(`card ${CARD}`) }), {
        detail: 'Key (name)=(petrova) exists',
      })
      log.info(
        { note: 'petrova', any: `call ${PHONE}`, list: [`a ${CARD}`, { deep: { msisdn: '79001234567' } }] },
        'x',
      )
      log.info(
        {
          number: 79001234567,
          big: 79001234567n,
          headers: { authorization: 'Bearer sesame', cookie: 'sesame' },
        },
        'x',
      )
      log.warn(`said ${PHONE} and\n${MAIL}`)
      log.warn('formatted %s', MAIL)
      log.error(failure)
      log.error({ err: failure }, 'defect')
      log.error({ err: new AggregateError([failure], `for ${PHONE}`) }, 'several')
      log
        .child({ person: 'petrova', from: MAIL, reqId: PHONE })
        .info({ password: 'hunter2', newPassword: 'hunter2' }, CARD)
      log.info(
        { code: '123456', url: new URL(`https://x/y?token=sesame&phone=79001234567`) },
        'GET /x?token=sesame',
      )
      log.info({ url: 'https://api.telegram.org/bot110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/getMe' }, 'x')
    })
    for (const planted of [...PLANTED, /123456/, /AAHdqTcv/]) expect(text).not.toMatch(planted)
    expect(lines).toHaveLength(10)
  })

  test('what helps to find a fault stays', () => {
    const id = '01929292-9292-7292-8292-929292929292'
    const { lines } = logged((log) => {
      log.error(
        {
          err: Object.assign(new Error('no route'), { code: 'ECONNREFUSED' }),
          code: 'need_to_know',
          id,
          ms: 12,
        },
        'm',
      )
    })
    expect(lines[0]).toMatchObject({ level: 'error', msg: 'm', code: 'need_to_know', id, ms: 12 })
    expect(lines[0]).toMatchObject({ err: { type: 'Error', message: 'no route', code: 'ECONNREFUSED' } })
    expect(lines[0]!.time).toMatch(/^\d{4}-.*Z$/)
  })

  test.each([
    ['8 (900) 123 45 67', '[number]'],
    ['паспорт 4509 123456', 'паспорт [number]'],
    ['почта@пример.рф', '[address]'],
    ['at 2026-03-01T10:00:00.000Z', 'at 2026-03-01T10:00:00.000Z'],
    ['in 1500 ms, 42 rows', 'in 1500 ms, 42 rows'],
  ])('%s is written as %s', (text, expected) => {
    expect(maskText(text)).toBe(expected)
  })

  test('requests and other great things are named, not dumped', () => {
    class Connection {
      secretly = 'petrova'
    }
    const { text } = logged((log) => log.info({ on: new Connection(), bytes: Buffer.from('petrova') }, 'x'))
    expect(text).toContain('[Connection]')
    expect(text).toContain('[7 bytes]')
  })
})

describe('a request id', () => {
  test('is taken over when it is sane', () => {
    expect(requestIdOf({ 'x-request-id': 'trace-00ab' })).toBe('trace-00ab')
    for (const odd of ['short', 'with space in it', '79001234567', 'x'.repeat(65), 'line\nbreak-x']) {
      expect(requestIdOf({ 'x-request-id': odd })).toMatch(/^[0-9a-f-]{36}$/)
    }
  })
})

describe('metrics', () => {
  test('are made once a name and read in Prometheus format', async () => {
    const metrics = createMetrics({ process: false })
    metrics.counter('sent_total', 'Messages sent', ['channel']).inc({ channel: 'max' })
    metrics.counter('sent_total', 'Messages sent', ['channel']).inc({ channel: 'max' })
    metrics.gauge('waiting', 'Waiting', [], (gauge) => gauge.set(7))
    const { text } = await metrics.read()
    expect(text).toContain('otklik_sent_total{channel="max"} 2')
    expect(text).toContain('otklik_waiting 7')
  })

  test('that cannot be found out just now are told as unknown; the others are told', async () => {
    const metrics = createMetrics({ process: false })
    let away = false
    const look = async () => {
      if (away) throw new Error('the database is away')
    }
    metrics.gauge('backlog', 'Backlog', [], async (gauge) => {
      await look()
      gauge.set(3)
    })
    metrics.gauge('by_state', 'By state', ['state'], async (gauge) => {
      await look()
      gauge.set({ state: 'failed' }, 1)
    })
    metrics.gauge('stuck', 'Never answers', [], () => new Promise(() => {}))
    metrics.gauge('here', 'Here', [], (gauge) => gauge.set(7))
    expect((await metrics.read()).text).toMatch(/otklik_backlog 3\n.*by_state\{state="failed"\} 1\n/s)
    away = true
    const { text } = await metrics.read()
    expect(text).toContain('otklik_backlog Nan\n')
    expect(text).not.toContain('otklik_by_state{')
    expect(text).toContain('otklik_stuck Nan\n')
    expect(text).toContain('otklik_here 7\n')
  })

  test('tell the lag of the event loop', async () => {
    expect((await createMetrics().read()).text).toMatch(/otklik_nodejs_eventloop_lag_p99_seconds/)
  })
})
