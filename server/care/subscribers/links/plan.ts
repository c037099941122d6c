/** One of the two contact points that are to be one person, as it stands. */
export interface Side {
  readonly contactPointId: string
  /** Its present link. */
  readonly link: { readonly id: string; readonly subscriberId: string } | null
  /** Nobody else's lane was ever linked to its subscriber: the person is this contact point alone. */
  readonly alone: boolean
}

/** What becomes of a contact point's present link when it moves: `closed` now, or `voided`, so that its whole story moves along. */
export type Leaving = 'closed' | 'voided'

export interface Move {
  readonly contactPointId: string
  readonly leaves: { readonly linkId: string; readonly subscriberId: string; readonly as: Leaving } | null
}

/** Who is linked to whom. `to` null = to a subscriber that is made now. */
export interface LinkPlan {
  readonly to: string | null
  readonly moves: readonly Move[]
}

/**
 * `point` is the person of `other`. Nobody's contact point joins the person of the other side, whichever side it is; where both are nobody's, a
 * subscriber is made of the two. Where both belong to somebody, `point` moves and it alone: the other contact points of its person stay
 * where they are, and its lane is the new person's from now on; a person who is `point` alone moves with the whole story.
 */
export function planLink(point: Side, other: Side): LinkPlan {
  const stay = (side: Side): Move => ({ contactPointId: side.contactPointId, leaves: null })
  if (!point.link && !other.link) return { to: null, moves: [stay(point), stay(other)] }
  if (!point.link) return { to: other.link?.subscriberId ?? null, moves: [stay(point)] }
  if (!other.link) return { to: point.link.subscriberId, moves: [stay(other)] }
  if (point.link.subscriberId === other.link.subscriberId) return { to: other.link.subscriberId, moves: [] }
  const leaves = {
    linkId: point.link.id,
    subscriberId: point.link.subscriberId,
    as: point.alone ? ('voided' as const) : ('closed' as const),
  }
  return { to: other.link.subscriberId, moves: [{ contactPointId: point.contactPointId, leaves }] }
}
