/** An integer that a double may not hold: 16 digits or more, where a value can stand. */
const LONG_INTEGER = /[:,[\s]-?\d{16,}/
const STRING_OR_LONG_INTEGER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d{16,}(?![\d.eE])/g

/**
 * JSON with every digit kept: integers of 16 digits and more come as strings, since a double holds only 2^53. (Node 20 does not give
 * a reviver the source text.)
 * @throws SyntaxError
 */
export function parseExactJson(json: string): unknown {
  return JSON.parse(LONG_INTEGER.test(json) ? withQuotedIntegers(json) : json)
}

function withQuotedIntegers(json: string): string {
  return json.replace(STRING_OR_LONG_INTEGER, (token) => (token.startsWith('"') ? token : `"${token}"`))
}
