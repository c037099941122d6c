import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { createApp } from '../platform/http/index.ts'
import type { Ground } from './ground.ts'

/** What is built stands one folder deeper than its source. */
const ROOT = path.join(import.meta.dirname, import.meta.filename.endsWith('.ts') ? '../..' : '../../..')
const WEB_DIR = path.join(ROOT, 'dist/web')
const Manifest = z.object({ version: z.string() })

const versionOf = (root: string): string =>
  Manifest.parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))).version

/** The way in, with nothing behind it yet; `webDir` is the folder of the built web apps. */
export function openApp(ground: Ground, config: Config, webDir = WEB_DIR): Promise<FastifyInstance> {
  const { tls, metricsToken } = config
  return createApp({
    log: ground.log,
    metrics: ground.metrics,
    readiness: ground.readiness,
    publicUrl: ground.publicUrl,
    version: versionOf(ROOT),
    ownOrigins: ground.ownOrigins,
    trustedProxies: config.trustedProxies,
    isShared: ground.isShared,
    ...(tls && { tls: { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) } }),
    webDir,
    demo: config.demo,
    ...(metricsToken !== undefined && { metricsToken }),
  })
}
