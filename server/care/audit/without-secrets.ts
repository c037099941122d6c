const SECRET =
  /password|passphrase|secret|token|hash|credential|(private|api|access|signing)_?key|authorization|cookie/i
const BLANK = '[secret]'

/** The same JSON with every field that is named like a secret blanked, at any depth. `null` stays: "was not set" may be told. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      SECRET.test(name) && inner !== null && inner !== undefined ? BLANK : withoutSecrets(inner),
    ]),
  )
}
