import { expect, test, vi } from 'vitest'
import { createLog } from '../telemetry/index.ts'
import { RequestLog } from './request-log.ts'

function aLog(level: 'info' | 'debug' | 'silent') {
  const lines: string[] = []
  const log = createLog({ level, destination: { write: (line) => void lines.push(line) } })
  const told = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  const child = vi.fn((...how: Parameters<typeof log.child>) => log.child(...how))
  return { log: Object.create(log, { child: { value: child } }) as typeof log, told, child }
}

test('every line of a request tells its id, and what it may not tell is masked', () => {
  const { log, told } = aLog('info')
  const request = new RequestLog(log, { reqId: 'req-1' })
  request.warn({ phone: '+79161234567', code: 'away' }, 'not sent')
  request.child({ door: 'max' }).error('звонок с +79161234567')
  expect(told()).toMatchObject([
    { level: 'warn', reqId: 'req-1', phone: '[hidden]', code: 'away', msg: 'not sent' },
    { level: 'error', reqId: 'req-1', door: 'max' },
  ])
  expect(JSON.stringify(told())).not.toContain('1234567')
})

test('a request that writes nothing has no log made for it', () => {
  const { log, told, child } = aLog('info')
  const request = new RequestLog(log, { reqId: 'req-1' })
  request.debug({ ms: 1 }, 'answered')
  request.trace('step')
  request.silent()
  expect(child).not.toHaveBeenCalled()
  request.info('one')
  request.info('two')
  expect(child).toHaveBeenCalledTimes(1)
  expect(told()).toMatchObject([
    { reqId: 'req-1', msg: 'one' },
    { reqId: 'req-1', msg: 'two' },
  ])
})

test('at level silent nothing is written, and a level of its own counts', () => {
  const quiet = aLog('silent')
  new RequestLog(quiet.log, { reqId: 'req-1' }).fatal('lost')
  expect(quiet.told()).toEqual([])
  const { log, told } = aLog('info')
  const request = new RequestLog(log, { reqId: 'req-1' })
  const route = new RequestLog(log, { reqId: 'req-2' }, { level: 'debug' })
  route.debug('of its route')
  expect(told()).toMatchObject([{ reqId: 'req-2', msg: 'of its route' }])
  request.level = 'debug'
  request.debug('seen')
  expect([request.level, told()[1]]).toMatchObject(['debug', { reqId: 'req-1', msg: 'seen' }])
})
