/** The keys cannot be used; the message says why and what to do, and holds nothing of the key. */
export class KeyUnusable extends Error {
  override readonly name = 'KeyUnusable'
}
