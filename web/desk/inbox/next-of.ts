/**
 * Which conversation comes after one: the next below it that is still in the list, else the first that is another. Undefined: there is no other.
 * @param known the list as it was when the conversation stood in it; it may have left since
 */
export function nextOf(id: string, known: readonly string[], now: readonly string[]): string | undefined {
  const order = now.includes(id) ? now : known
  const place = order.indexOf(id)
  const below = place < 0 ? [] : order.slice(place + 1)
  return below.find((one) => now.includes(one)) ?? now.find((one) => one !== id)
}
