import { writeFile } from 'node:fs/promises'
import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { OpenApi, type Operation } from './openapi-document.ts'
import { tidySchemas } from './openapi-schemas.ts'

export { OpenApi }

/** Watches the routes that are added from now on, to describe them. */
export async function addOpenApi(
  app: FastifyInstance,
  { publicUrl, version }: { publicUrl: string; version: string },
): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Otklik',
        version,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
        description:
          'Customer service of a mobile operator. Errors are problem documents (RFC 9457) with a `code`; `x-access` says who may ' +
          'call an operation; lists are paged by `after` and `next`.',
      },
      servers: [{ url: publicUrl }],
      components: {
        securitySchemes: {
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: publicUrl.startsWith('https:') ? '__Host-otklik_session' : 'otklik_session',
            description: 'Staff, signed in at the desk',
          },
          subscriber: {
            type: 'apiKey',
            in: 'cookie',
            name: publicUrl.startsWith('https:') ? '__Host-otklik_my' : 'otklik_my',
            description: 'A subscriber, signed in to My',
          },
          service: { type: 'http', scheme: 'bearer', description: 'A service token, within its scopes' },
          visitor: { type: 'http', scheme: 'bearer', description: 'The token of a chat visitor' },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
}

/** The description of all operations that were served, made from the schemas that validate them. The app must be ready. */
export function openApiOf(app: FastifyInstance): OpenApi {
  const document = OpenApi.parse(app.swagger())
  const paths = Object.entries(document.paths).map(([path, methods]) => [
    path,
    Object.fromEntries(Object.entries(methods).map(([method, operation]) => [method, completed(operation)])),
  ])
  return tidySchemas({ ...document, paths: Object.fromEntries(paths) })
}

/** Writes the description to a file, for generators of clients. */
export async function writeOpenApi(app: FastifyInstance, file: string): Promise<void> {
  await app.ready()
  await writeFile(file, `${JSON.stringify(openApiOf(app), null, 2)}\n`)
}

const BINARY = { schema: { type: 'string', contentMediaType: 'application/octet-stream' } }

/** What the schemas of a contract do not say: problems have a media type of their own, files go in and out, writes take a key. */
function completed(operation: Operation): Operation {
  const { default: problem, ...answers } = operation.responses
  const isDownload = Object.keys(answers).length === 0
  const isUpload = operation['x-raw'] === 'upload'
  const repeats = operation['x-idempotency']
  const takesKey = repeats === 'key' || repeats === 'once'
  return {
    ...operation,
    ...(isUpload && { requestBody: { required: true, content: { 'multipart/form-data': UPLOAD } } }),
    ...(takesKey && {
      parameters: [...(operation.parameters ?? []), { ...IDEMPOTENCY_KEY, description: ON_REPEAT[repeats] }],
    }),
    responses: {
      ...answers,
      ...(isDownload && { 200: { description: 'The bytes', content: { '*/*': BINARY } } }),
      ...(problem && { default: asProblem(problem) }),
    },
  }
}

const UPLOAD = { schema: { type: 'object', properties: { file: BINARY.schema }, required: ['file'] } }
const ON_REPEAT = {
  key: 'Repeats with the same key answer as the first time',
  once: 'Repeats with the same key change nothing and are refused: the answer was told once',
}
const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', maxLength: 200 },
}

function asProblem(answer: Operation['responses'][string]): Operation['responses'][string] {
  const json = answer.content?.['application/json']
  return json ? { ...answer, content: { 'application/problem+json': json } } : answer
}
