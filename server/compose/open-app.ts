import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import { createApp } from '../platform/http/index.ts'
import type { Ground } from './ground.ts'

// Run from source, the built web apps stand in `dist`.
const WEB_DIR = path.join(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? '../../dist/web' : '../../web',
)

/** The way in, with nothing behind it yet; `webDir` is the folder of the built web apps. */
export function openApp(ground: Ground, config: Config, webDir = WEB_DIR): Promise<FastifyInstance> {
  const { tls, metricsToken } = config
  return createApp({
    log: ground.log,
    metrics: ground.metrics,
    readiness: ground.readiness,
    publicUrl: ground.publicUrl,
    ownOrigins: ground.ownOrigins,
    trustedProxies: config.trustedProxies,
    isShared: ground.isShared,
    ...(tls && { tls: { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) } }),
    webDir,
    demo: config.demo,
    ...(metricsToken !== undefined && { metricsToken }),
  })
}
