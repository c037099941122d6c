const HELP = '/my/help/'

/** Where anybody can read an article, signed in or not. */
export const articlePath = (key: string): string => `${HELP}${key}`

/** The article that an address leads to; undefined for any other address. `origin`: of Otklik. */
export function articleKeyOf(address: string, origin: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  const key = url.pathname.startsWith(HELP) ? url.pathname.slice(HELP.length) : ''
  return url.origin === origin && /^[a-z0-9][a-z0-9-]{1,59}$/.test(key) ? key : undefined
}
