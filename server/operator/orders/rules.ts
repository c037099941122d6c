/** The operator's numbers about orders, as data. */
export interface OrderRules {
  /** How long switching something off can be taken back, in milliseconds; it is carried out after that. */
  readonly undoMs: number
  /** How long somebody who was asked to see another's line may think about it, in milliseconds. */
  readonly offerMs: number
  /** How many numbers a line's owner may ask in any 24 hours: more is guessing, or a nuisance. */
  readonly offersDay: number
  /** People who see a line beside its owner, with those who were asked and have not answered. */
  readonly othersMax: number
  /** How many SMS with a phone's settings a line is sent in any 24 hours, whoever asks for them. */
  readonly settingsDay: number
  /** Owners who ask one number at a time are told of up to so many; the rest waits unheard. */
  readonly offersHeard: number
  /** What a member of the staff may give away in any 24 hours, in kopecks, by role; more needs a second pair of eyes. */
  readonly goodwillDayKopecks: Readonly<Record<'agent' | 'supervisor', number>>
  /** The same of what goes back to cards: the person's own money, but not to be had back by their own word alone. */
  readonly refundDayKopecks: Readonly<Record<'agent' | 'supervisor', number>>
  /** The same of deals of the Market that are taken back: it takes from one person what it gives to another. */
  readonly reversalDayKopecks: Readonly<Record<'agent' | 'supervisor', number>>
  /** Nobody gives more at once, whoever approves. */
  readonly goodwillMaxKopecks: number
}

export const DEFAULT_ORDER_RULES: OrderRules = {
  undoMs: 10_000,
  offerMs: 3 * 86_400_000,
  offersDay: 5,
  othersMax: 5,
  settingsDay: 5,
  offersHeard: 3,
  goodwillDayKopecks: { agent: 30_000, supervisor: 300_000 },
  refundDayKopecks: { agent: 100_000, supervisor: 1_000_000 },
  reversalDayKopecks: { agent: 50_000, supervisor: 500_000 },
  goodwillMaxKopecks: 1_000_000,
}
