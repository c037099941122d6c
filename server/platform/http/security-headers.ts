import type { FastifyInstance } from 'fastify'

const DAYS_180_S = 180 * 86_400

/**
 * What browsers are told about every answer. Routes that need another policy (files, the widget) set their own, which wins.
 * @param ownOrigins origins of our pages: where the live socket is; the first decides whether browsers must insist on https
 */
export function addSecurityHeaders(app: FastifyInstance, ownOrigins: readonly string[]): void {
  const headers = securityHeaders(ownOrigins)
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers)
    done()
  })
}

function securityHeaders(ownOrigins: readonly string[]): Readonly<Record<string, string>> {
  const secure = ownOrigins[0]?.startsWith('https:')
  // A policy has no way to write an IPv6 address; 'self' covers it.
  const sockets = ownOrigins
    .filter((origin) => !origin.includes('['))
    .map((origin) => origin.replace(/^http/, 'ws'))
  return {
    'content-security-policy': policy(sockets),
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
function policy(sockets: readonly string[]): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "frame-src 'self' blob: data:",
    // Older Safari does not count the socket of one's own host as 'self'.
    ["connect-src 'self'", ...sockets].join(' '),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
