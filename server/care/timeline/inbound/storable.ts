/**
 * Text as PostgreSQL and JSON can hold it: NUL and unpaired surrogates become U+FFFD. Providers do send both; one such
 * character would otherwise fail a whole batch.
 */
export function storable(value: string): string {
  return value.replaceAll('\u0000', '\uFFFD').toWellFormed()
}

/** The same for every string inside a JSON value. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'string' ? storable(inner) : inner,
  )
}
