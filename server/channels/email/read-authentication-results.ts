import type { ParsedMail } from './parse-mail.ts'
import { headerValues } from './parse-mail.ts'

/** One result of RFC 8601: `method=result property=value …`. All in lower case. */
export type AuthenticationResult = {
  readonly method: string
  readonly result: string
  readonly properties: Readonly<Record<string, string>>
}

/**
 * The results in the topmost Authentication-Results header that the receiving server of ours (`authservId`) wrote; null when it wrote none.
 * That server must take away what others wrote in its name (RFC 8601 §5), else a sender vouches for himself.
 */
export function readAuthenticationResults(
  mail: Pick<ParsedMail, 'headers'>,
  authservId: string,
): AuthenticationResult[] | null {
  for (const value of headerValues(mail, 'authentication-results')) {
    const [server = '', ...results] = withoutComments(value).toLowerCase().split(';')
    // A version number may follow the name.
    if (server.trim().split(/\s+/)[0] === authservId.toLowerCase()) return results.flatMap(readResult)
  }
  return null
}

function readResult(text: string): AuthenticationResult[] {
  const [, method, result, rest = ''] = /^\s*([a-z0-9-]+)(?:\/\d+)?\s*=\s*([a-z]+)(.*)$/s.exec(text) ?? []
  if (method === undefined || result === undefined) return []
  const pairs = rest.matchAll(/([a-z][a-z.-]*)\s*=\s*(?:"([^"]*)"|([^\s;]+))/g)
  return [
    {
      method,
      result,
      properties: Object.fromEntries(
        [...pairs].map(([, name, quoted, bare]) => [name, quoted ?? bare ?? '']),
      ),
    },
  ]
}

/** Comments nest and may hold whole false results: «dkim=fail (x; dkim=pass)». */
function withoutComments(value: string): string {
  let depth = 0
  let isQuoted = false
  let kept = ''
  for (let at = 0; at < value.length; at += 1) {
    const letter = value.charAt(at)
    if (letter === '\\') at += 1
    else if (letter === '"' && depth === 0) isQuoted = !isQuoted
    if (!isQuoted && letter === '(') depth += 1
    else if (!isQuoted && letter === ')') depth = Math.max(0, depth - 1)
    else if (depth === 0 && letter !== '\\') kept += isQuoted && letter === ';' ? ' ' : letter
  }
  return kept
}
