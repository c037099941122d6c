const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')

/**
 * A maker of UUID v7 (RFC 9562 §5.7) whose ids strictly grow, so that the order of ids is the order of writing even
 * within one millisecond or when the device's clock steps back.
 * @param now milliseconds since the epoch
 * @param random gives so many random bytes
 * @returns a function that takes an earlier id to stay above (from another tab or page view), if there is one
 */
export const createIdMaker = (
  now: () => number = Date.now,
  random: (count: number) => Uint8Array = (count) => crypto.getRandomValues(new Uint8Array(count)),
): ((above?: string) => string) => {
  let millis = 0
  let counter = 0
  return (above) => {
    const floor = above ? Number.parseInt(above.replace('-', '').slice(0, 12), 16) : 0
    const time = Math.max(now(), floor + (above ? 1 : 0))
    if (time > millis) {
      millis = time
      counter = 0
    } else if (++counter > 0xfff) {
      millis += 1
      counter = 0
    }
    const stamp = hex(millis, 12)
    const tail = [...random(8)]
    tail[0] = ((tail[0] ?? 0) & 0x3f) | 0x80
    const noise = tail.map((byte) => hex(byte, 2)).join('')
    return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${hex(counter, 3)}-${noise.slice(0, 4)}-${noise.slice(4)}`
  }
}
