/** In what two contact points are alike. */
export type Likeness = 'same-number' | 'same-address' | 'same-username' | 'same-name'

/** How much each tells by itself: the chance, roughly judged, that it is one person. */
const WEIGHT: Readonly<Record<Likeness, number>> = {
  'same-number': 0.9,
  'same-address': 0.8,
  'same-username': 0.5,
  'same-name': 0.3,
}

/** All likenesses together as independent hints: 0 (nothing) to 1. */
export function scoreOf(likeness: readonly Likeness[]): number {
  const doubt = likeness.reduce((left, one) => left * (1 - WEIGHT[one]), 1)
  return Math.round((1 - doubt) * 100) / 100
}
