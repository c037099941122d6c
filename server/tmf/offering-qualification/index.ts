/**
 * TMF679 Product Offering Qualification: what an order would cost now and later, what is lost, what conflicts; changes nothing and is not
 * kept. Its id, given back with the order (TMF622), says what was agreed to: the order is refused if the effects have changed.
 */
import type { OrderPreview } from '../../../contracts/orders.ts'
import { byOfLooker } from '../../care/lines/index.ts'
import { found } from '../../platform/refusal.ts'
import { type Call, hrefOf } from '../core/call.ts'
import { characteristic } from '../core/common.ts'
import { lookAtLine } from '../core/lines-asked.ts'
import { type Api, resource } from '../core/resource.ts'
import { requestOf } from '../product-ordering/request-of.ts'
import { PREVIEW, ProductOfferingQualification, QualificationAsked } from './schema.ts'

const NAME = 'productOfferingQualification'

const qualification = resource({
  name: NAME,
  schema: ProductOfferingQualification,
  create: {
    body: QualificationAsked,
    run: async (call, { productOfferingQualificationItem: items }) => {
      const { lineId, request } = await requestOf(call, { productOrderItem: items })
      const line = found(await lookAtLine(call, lineId, 'orders'), 'line')
      const by = byOfLooker(call.room.lines, call.actor, { role: null })
      const preview = await call.room.lines.edge.previewOrder(call.db, by, line.id, request)
      return mapPreview(call, line.id, items[0]?.id ?? '1', preview)
    },
  },
})

function mapPreview(
  call: Call,
  lineId: string,
  itemId: string,
  preview: OrderPreview,
): ProductOfferingQualification {
  const result = preview.possible ? ('qualified' as const) : ('unqualified' as const)
  const conflicts = preview.effects.filter((one) => one.effect === 'conflict')
  return {
    id: preview.digest,
    href: hrefOf(call, NAME, NAME, preview.digest),
    '@type': 'ProductOfferingQualification',
    instantSyncQualification: true,
    productOfferingQualificationDate: call.room.clock.now().toISOString(),
    state: 'done',
    qualificationResult: result,
    productOfferingQualificationItem: [
      {
        id: itemId,
        state: 'done',
        qualificationItemResult: result,
        eligibilityUnavailabilityReason: conflicts.map(({ conflict, about }) => ({
          code: conflict,
          label: about ?? conflict,
        })),
        product: {
          id: lineId,
          href: hrefOf(call, 'productInventory', 'product', lineId),
          productCharacteristic: characteristic(PREVIEW, preview),
        },
      },
    ],
  }
}

export const offeringQualification: Api = { name: NAME, resources: [qualification] }
