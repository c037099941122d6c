import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../../contracts/index.ts'
import type { Route } from '../../../contracts/route.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { systemClock } from '../clock.ts'
import { createLog, createMetrics } from '../telemetry/index.ts'
import { createApp, createReadiness, type OpenApi, openApiOf, serve } from './index.ts'

let database: TestDatabase
let app: Awaited<ReturnType<typeof createApp>>
let document: OpenApi
beforeAll(async () => {
  database = await createTestDatabase()
  app = await createApp({
    log: createLog({ level: 'silent' }),
    metrics: createMetrics({ process: false }),
    readiness: createReadiness(),
    publicUrl: 'http://127.0.0.1:3000',
  })
  const options = { db: database.db, clock: systemClock, authenticate: async () => undefined }
  for (const contract of Object.values(contracts)) {
    const handlers = Object.fromEntries(
      Object.keys(contract).map((operation) => [operation, async () => ({})]),
    )
    serve(app, options, contract as Record<string, Route>, handlers)
  }
  await app.ready()
  document = openApiOf(app)
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

const routes: [string, Route][] = Object.values(contracts).flatMap((contract) => Object.entries(contract))
const operationOf = ({ method, path }: Route) =>
  document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]

describe('the API description', () => {
  test.each(routes)('has %s with its access, its idempotency and its refusals', (operation, route) => {
    const described = operationOf(route)
    expect(described).toMatchObject({
      operationId: operation,
      summary: route.summary,
      'x-access': route.access,
      'x-idempotency': route.idempotency,
    })
    const refusals = described?.responses.default
    for (const code of route.errors ?? []) expect(refusals?.description).toContain(code)
    expect(Object.keys(refusals?.content ?? {})).toEqual(['application/problem+json'])
    expect(described?.responses[200]).toBeDefined()
    expect((described?.security ?? []).length > 0).toBe(!route.access.includes('public'))
    expect(described?.requestBody !== undefined).toBe(route.body !== undefined || route.raw === 'upload')
  })

  test('has nothing but them', () => {
    const described = Object.values(document.paths).flatMap((methods) => Object.keys(methods))
    expect(described).toHaveLength(routes.length)
  })

  test('is OpenAPI 3.1 whose references all lead somewhere', () => {
    expect(document.openapi).toBe('3.1.0')
    const text = JSON.stringify(document)
    const wanted = new Set([...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map((match) => match[1]))
    expect(wanted).toContain('Problem')
    for (const name of wanted) expect(document.components.schemas).toHaveProperty(name ?? '')
  })

  test('has one name a shape, and no schema that nothing leads to', () => {
    const { schemas = {} } = document.components
    const text = JSON.stringify(document)
    for (const name of Object.keys(schemas)) expect(text).toContain(`"#/components/schemas/${name}"`)
    for (const [name, schema] of Object.entries(schemas))
      if (name.endsWith('Input')) expect(schema).not.toEqual(schemas[name.slice(0, -'Input'.length)])
    // A caller may leave out what has a default; the answer never does.
    expect(schemas).toHaveProperty('FlowInput')
    expect(schemas).not.toHaveProperty('RoleInput')
  })

  test('says how files go in and out, and which writes take a key', () => {
    expect(operationOf(contracts.attachments.uploadAttachment)?.requestBody).toMatchObject({
      content: { 'multipart/form-data': { schema: { required: ['file'] } } },
    })
    expect(operationOf(contracts.attachments.downloadAttachment)?.responses[200]).toMatchObject({
      description: 'The bytes',
    })
    const keyed = operationOf(contracts.subscribers.linkContactPoint)?.parameters?.map(({ name }) => name)
    expect(keyed).toContain('Idempotency-Key')
  })

  test('is shown as a page and as JSON to this machine', async () => {
    const page = await app.inject('/docs')
    expect(page.headers['content-type']).toContain('text/html')
    for (const [operation] of routes) expect(page.body).toContain(`id="${operation}"`)
    expect(page.body).not.toContain('<script')
    expect(page.body).toContain('<code>x-access</code>')
    expect((await app.inject('/openapi.json')).json()).toEqual(JSON.parse(JSON.stringify(document)))
  })
})
