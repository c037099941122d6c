import Fastify, { type FastifyInstance } from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'
import { answerFailure, answerWriter } from '../../server/platform/http/index.ts'

/** An app that serves contracts and answers failures as the real one does, without all that surrounds it. */
export function anApp(): FastifyInstance {
  const app = Fastify()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(answerWriter)
  app.setErrorHandler(answerFailure)
  return app
}
