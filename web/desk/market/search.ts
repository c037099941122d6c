import { z } from 'zod'

/** What is looked at on the Market, in the URL: a link shows a colleague the same. Unknown words fall back quietly. */
export const LotsSearch = z.object({
  view: z.enum(['book', 'frozen', 'all']).optional().catch(undefined),
  type: z.enum(['data', 'voice', 'sms']).optional().catch(undefined),
  units: z.coerce.number().int().min(1).max(100_000).optional().catch(undefined),
})

export const DealsSearch = z.object({
  seller: z.uuid().optional().catch(undefined),
  buyer: z.uuid().optional().catch(undefined),
  lot: z.uuid().optional().catch(undefined),
})

export const TraderSearch = z.object({
  tab: z.enum(['lots', 'sold', 'bought', 'changes']).optional().catch(undefined),
})

export const RulesSearch = z.object({ view: z.enum(['versions']).optional().catch(undefined) })
