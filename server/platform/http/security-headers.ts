import type { FastifyInstance } from 'fastify'

const DAYS_180_S = 180 * 86_400

/**
 * What browsers are told about every answer. Routes that need another policy (files, the widget) set their own, which wins.
 * @param publicUrl decides whether browsers must insist on https, and where the live socket is
 */
export function addSecurityHeaders(app: FastifyInstance, publicUrl: string): void {
  const headers = securityHeaders(publicUrl)
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers)
    done()
  })
}

export function securityHeaders(publicUrl: string): Readonly<Record<string, string>> {
  const { protocol, host } = new URL(publicUrl)
  const secure = protocol === 'https:'
  return {
    'content-security-policy': policy(`${secure ? 'wss' : 'ws'}://${host}`),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(self), payment=(), usb=()',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(secure && { 'strict-transport-security': `max-age=${DAYS_180_S}` }),
  }
}

// Inline styles: the component kit sets them on elements. Frames: a mail is shown in a sandboxed srcdoc or blob.
function policy(socket: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "frame-src 'self' blob: data:",
    // Older Safari does not count the socket of one's own host as 'self'.
    `connect-src 'self' ${socket}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
