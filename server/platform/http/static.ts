import { existsSync } from 'node:fs'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Refusal } from '../refusal.ts'

export interface StaticOptions {
  /** `dist/web`, with `desk/`, `my/`, `widget/` and `site/` in it. */
  readonly webDir: string | undefined
  /** Where the root leads. */
  readonly home: string
}

/** Vite puts a hash of the content into these names: they never change. */
const HASHED = /-[\w-]{8}\.(?:js|css|woff2?|svg|png|jpe?g|webp)$/
const SHORTLY = 'public, max-age=300'
const FOR_EVER = 'public, max-age=31536000, immutable'
const ALWAYS_ASK = 'no-cache'

/** The built web apps: the desk and My (their addresses are their own: unknown ones give their page), the widget for any site, the demo site. */
export async function addStatic(app: FastifyInstance, { webDir, home }: StaticOptions): Promise<void> {
  const hidden = { schema: { hide: true } }
  app.get('/', hidden, async (_request, reply) => reply.redirect(home))
  if (webDir === undefined || !existsSync(webDir)) return

  const root = path.resolve(webDir)
  await app.register(fastifyStatic, {
    root,
    serve: false,
    cacheControl: false,
    dotfiles: 'deny',
    // The build puts `.br` and `.gz` beside each file.
    preCompressed: true,
  })
  const exists = (app: string, file: string) => existsSync(path.join(root, app, path.normalize(`/${file}`)))
  // The folder of the app is its own root: no way leads from one to another, or above them.
  const send = (reply: FastifyReply, app: string, file: string) =>
    byEncoding(reply)
      .header('cache-control', HASHED.test(file) ? FOR_EVER : ALWAYS_ASK)
      .sendFile(file, path.join(root, app))

  for (const name of ['desk', 'my']) {
    app.get<{ Params: { '*': string } }>(`/${name}/*`, hidden, async ({ params }, reply) => {
      const file = params['*']
      // A missing asset must not become a page: the browser would run it as a script.
      const isFile = path.extname(file) !== ''
      if (isFile && !exists(name, file)) throw new Refusal('not_found', { what: 'file' })
      return send(reply, name, isFile ? file : 'index.html')
    })
  }
  app.get<{ Params: { '*': string } }>('/demo/*', hidden, async ({ params }, reply) =>
    send(reply, 'site', params['*'] || 'index.html'),
  )
  app.get<{ Params: { '*': string } }>('/widget/*', hidden, async ({ params }, reply) =>
    send(forAnySite(reply), 'widget', params['*']),
  )
  app.get('/widget.js', hidden, async (_request, reply) =>
    forAnySite(reply).header('cache-control', SHORTLY).sendFile('widget.js', path.join(root, 'widget')),
  )
  for (const name of ['/desk', '/my', '/demo']) {
    app.get(name, hidden, async (_request, reply) => reply.redirect(`${name}/`))
  }
}

/** A cache on the way keeps what each browser can read. */
const byEncoding = (reply: FastifyReply): FastifyReply => reply.header('vary', 'Accept-Encoding')

function forAnySite(reply: FastifyReply): FastifyReply {
  return byEncoding(reply).headers({
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  })
}
