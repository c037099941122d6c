import type { OrderOnTimeline } from '../../../contracts/entries.ts'

/** Orders of the staff that say why in the staff's own words. */
const WITH_WORDS: readonly string[] = ['goodwill-credit', 'refund-content', 'refund-top-up', 'reverse-deal']
const NOT_TOLD = '***'

/** May the person hear of it? What waits for a second pair of eyes or was declined has not happened to their line. */
export const isTold = ({ state, by }: Pick<OrderOnTimeline, 'state' | 'by'>): boolean =>
  by.kind === 'subscriber' || (state !== 'approval' && state !== 'declined')

/** An order as the person whose line it is may see it: without the staff's reasons and who approved it, agents by their first name. */
export function toldOrder<T extends OrderOnTimeline>({ decision: _decision, ...order }: T) {
  const { request, by, undoneBy } = order
  return {
    ...order,
    approvedBy: null,
    by: byFirstName(by),
    ...(undoneBy && { undoneBy: byFirstName(undoneBy) }),
    request: WITH_WORDS.includes(request.kind) ? { ...request, reason: NOT_TOLD } : request,
  }
}

const byFirstName = (by: OrderOnTimeline['by']): OrderOnTimeline['by'] =>
  by.kind === 'agent' ? { ...by, name: by.name?.split(' ')[0] ?? null } : by
