/**
 * The operator's edge: the one port through which the rest of the house asks about lines and has things done to them.
 *
 * - What is done, never what is said: codes and facts, no sentences.
 * - One port, two implementations: `operator/reference` on PostgreSQL, `tmf/remote` over TM Forum REST.
 * - Knows nothing of people's contact points, conversations, doors.
 */
export type { Page } from '../../platform/pages.ts'
export type {
  AnnounceOperator,
  BookChanged,
  DataList,
  LineAtHand,
  LineEnded,
  LineIdentity,
  LineNotice,
  LinePeopleChanged,
  LinesChanged,
  LineView,
  MarketHappened,
  OperatorEdge,
  OperatorEvent,
  OrderAsk,
  OrderChanged,
  PageAsk,
  PartyIdentity,
  PaymentRecord,
  Received,
  ReceivedAsk,
  TopUpAsk,
  UnknownOrder,
  UnknownTopUp,
  VolumeReleased,
} from './operator-edge.ts'
export type { Aged, By } from './outcome.ts'
export { lacksFreshCode, requireMay, requireMayUndo } from './policy.ts'
export { phrasesOf, writeLine } from './write-line.ts'
