/** What margins mean, before calibration. */
export interface Reading {
  /** The intents in scope by falling margin: their numbers. */
  readonly order: readonly number[]
  /** Lead of the best over out-of-scope, or its bare margin where nothing out of scope is known. */
  readonly score: number
}

/** Ranks the first `most` intents. The machine behind the last intent, if there is one, is that of out-of-scope. */
export function readMargins(margins: ArrayLike<number>, intents: number, most: number): Reading {
  const order: number[] = []
  for (let one = 0; one < intents; one++) {
    let place = order.length
    while (place > 0 && (margins[order[place - 1] as number] as number) < (margins[one] as number)) place--
    if (place >= most) continue
    order.splice(place, 0, one)
    if (order.length > most) order.pop()
  }
  const best = margins[order[0] ?? 0] ?? 0
  return { order, score: margins.length > intents ? best - (margins[intents] as number) : best }
}

/** Share of each ranked intent in a softmax over all that are in scope. */
export function sharesOf(
  margins: ArrayLike<number>,
  intents: number,
  sharpness: number,
  order: readonly number[],
): number[] {
  const best = margins[order[0] ?? 0] ?? 0
  let sum = 0
  for (let one = 0; one < intents; one++) sum += Math.exp(((margins[one] as number) - best) * sharpness)
  return order.map((one) => Math.exp(((margins[one] as number) - best) * sharpness) / sum)
}

const EDGE = 1e-6

/** How probable it is that the best intent is right. */
export function probabilityOf(
  [constant, ofScore, ofShare]: readonly [number, number, number],
  score: number,
  share: number,
): number {
  return 1 / (1 + Math.exp(-(constant + ofScore * score + ofShare * logit(share))))
}

/** Log-odds of a share, kept finite. */
export const logit = (share: number): number => {
  const kept = Math.min(1 - EDGE, Math.max(EDGE, share))
  return Math.log(kept / (1 - kept))
}
