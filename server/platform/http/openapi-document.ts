import { z } from 'zod'

const Answer = z.looseObject({
  description: z.string(),
  content: z.record(z.string(), z.unknown()).optional(),
})

export const Operation = z.looseObject({
  operationId: z.string().optional(),
  summary: z.string().optional(),
  tags: z.array(z.string()).optional(),
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).optional(),
  requestBody: z.looseObject({}).optional(),
  responses: z.record(z.string(), Answer),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  'x-access': z.array(z.string()).optional(),
  'x-idempotency': z.enum(['safe', 'key', 'natural', 'once']).optional(),
  'x-raw': z.enum(['upload', 'download']).optional(),
})
export type Operation = z.infer<typeof Operation>

/** As much of an OpenAPI 3.1 document as is read here; the rest passes through. */
export const OpenApi = z.looseObject({
  openapi: z.string(),
  info: z.looseObject({ title: z.string(), version: z.string(), description: z.string().optional() }),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()).optional() }),
})
export type OpenApi = z.infer<typeof OpenApi>
