import type { Authenticate } from '../platform/http/index.ts'

export interface Doorkeepers {
  /** Those who bring a token of their own (`Authorization`): visitors of chats, other systems. */
  readonly bearers: readonly Authenticate[]
  readonly staff: Authenticate
  readonly subscriber: Authenticate
}

const MY_PATH = '/api/v1/my/'

/**
 * Finds out who calls. Bearer tokens first: whoever brings one is no browser of ours, whatever cookies came along. A browser may be signed
 * in at the desk and in My at once, on one address; what both may ask (a line) is asked by the staff, unless the request says that it comes
 * from My: by its path, the header `x-otklik-app: my`, or `as=my` in the query where a browser sends no headers.
 */
export function whoCalls({ bearers, staff, subscriber }: Doorkeepers): Authenticate {
  return async (request) => {
    const brings = request.headers.authorization === undefined ? [] : bearers
    for (const bearer of brings) {
      const known = await bearer(request)
      if (known) return known
    }
    if (comesFromMy(request)) return subscriber(request)
    return (await staff(request)) ?? subscriber(request)
  }
}

/** Does the request say that it comes from My? It changes only which of the browser's own cookies counts. */
export function comesFromMy({ url, headers, query }: Parameters<Authenticate>[0]): boolean {
  const asked = typeof query === 'object' && query !== null && 'as' in query && query.as === 'my'
  return url.startsWith(MY_PATH) || headers['x-otklik-app'] === 'my' || asked
}
