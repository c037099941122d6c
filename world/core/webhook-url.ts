const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** The real services want https; on loopback, where this world lives, http must do. */
export function webhookAllowed(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || (protocol === 'http:' && loopback.has(hostname))
}
