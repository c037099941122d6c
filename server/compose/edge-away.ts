import type { OperatorEdge } from '../operator/edge/index.ts'
import { Refusal } from '../platform/refusal.ts'

const away = () => Promise.reject(new Refusal('unavailable', { what: 'billing' }))

/** The edge of an installation to which nothing that keeps lines is connected: it answers nothing, in the words of the port. */
export const edgeAway: OperatorEdge = {
  findLineByMsisdn: away,
  findLine: away,
  linesOfParty: away,
  readLine: away,
  readServices: away,
  readSettings: away,
  summariseCharges: away,
  listCharges: away,
  listUsage: away,
  compareTariffs: away,
  setCodeWord: away,
  lineOfCodeWord: away,
  previewOrder: away,
  placeOrder: away,
  undoOrder: away,
  decideOrder: away,
  findOrder: away,
  listOrders: away,
  listOrdersToApprove: away,
}
