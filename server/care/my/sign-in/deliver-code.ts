import { z } from 'zod'
import { Locale } from '../../../../contracts/primitives.ts'
import { inTransaction } from '../../../platform/database/index.ts'
import { findProvedPoint, subscriberOfParty } from '../../subscribers/index.ts'
import type { My } from '../my.ts'
import { setAddressee } from './challenge-store.ts'
import { CODE_LASTS_MS } from './codes.ts'

/** What binds a sealed order to its purpose. */
const CONTEXT = 'my-code'

const DeliveryOrder = z.object({
  challengeId: z.string(),
  code: z.string(),
  msisdn: z.string(),
  by: z.enum(['sms', 'email']),
  locale: Locale,
  /** Absent in orders of builds that did not tell. */
  until: z.coerce.date().optional(),
})
type DeliveryOrder = z.infer<typeof DeliveryOrder>

/** A code on its way to be carried out, sealed while it waits. */
export function sealOrder({ vault }: Pick<My, 'vault'>, order: DeliveryOrder): string {
  return vault.seal(Buffer.from(JSON.stringify(order)), CONTEXT).toString('base64')
}

/**
 * Carries a code out, if there is anybody to carry it to: to the number if it is a line of ours, to an e-mail if the line's owner has
 * proved one. Nobody is told which it was. For a job; throws to be tried again. Run again after it was done, it sends nothing new.
 */
export async function deliverCode(my: My, sealed: string): Promise<void> {
  const opened = my.vault.open(Buffer.from(sealed, 'base64'), CONTEXT).toString('utf8')
  const order = DeliveryOrder.parse(JSON.parse(opened))
  if (order.by === 'sms') await deliverBySms(my, order)
  else await deliverByMail(my, order)
}

async function deliverBySms(
  my: My,
  { challengeId, msisdn, code, locale, until }: DeliveryOrder,
): Promise<void> {
  const { db, edge, subscribers, words } = my
  if ((await edge.findLineByMsisdn(db, msisdn)) === undefined) return
  await inTransaction(db, (tx) =>
    subscribers.sms.send(tx, {
      msisdn,
      text: words.codeText(code, locale),
      reference: challengeId,
      kind: 'code',
      until: lastOf(my, until),
    }),
  )
}

async function deliverByMail(
  my: My,
  { challengeId, msisdn, code, locale, until }: DeliveryOrder,
): Promise<void> {
  const { db, edge, clock, words } = my
  const line = await edge.findLineByMsisdn(db, msisdn)
  const owner = line?.people.find(({ role }) => role === 'owner')
  const subscriberId = owner && (await subscriberOfParty(db, owner.partyId))
  const point = subscriberId && (await findProvedPoint(db, subscriberId, 'email', clock.now()))
  if (!point) return
  await inTransaction(db, async (tx) => {
    await setAddressee(tx, challengeId, point.id)
    await my.mail.send(tx, {
      address: point.address,
      ...words.codeMail(code, locale),
      reference: challengeId,
      until: lastOf(my, until),
    })
  })
}

const lastOf = ({ clock }: Pick<My, 'clock'>, until: Date | undefined): Date =>
  until ?? new Date(clock.now().getTime() + CODE_LASTS_MS)
