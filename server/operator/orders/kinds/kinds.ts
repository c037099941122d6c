import type { OrderEffect, OrderKind, OrderRequest } from '../../../../contracts/orders.ts'
import type { Executor } from '../../../platform/database/index.ts'
import type { OrdersContext } from '../orders-context.ts'
import { blockLine, unblockLine } from './block.ts'
import { changeTariff } from './change-tariff.ts'
import { connectContent, connectOption } from './connect.ts'
import { allowContent, banContent } from './content-ban.ts'
import { disconnectOption, stopAllContent, stopContent } from './disconnect.ts'
import type { Kind, OrderAct, View } from './kind.ts'
import { goodwillCredit, promisedPayment, transferMoney } from './money.ts'
import { endAccess, leaveLine, shareLine } from './people.ts'
import { refundContent } from './refund.ts'
import { refundTopUp } from './refund-top-up.ts'
import { reverseDeal } from './reverse-deal.ts'
import { sendSettings, setAutoTopUp, setForwarding, setLimit } from './settings.ts'
import { topUp } from './top-up.ts'

/** Every kind of order: a new one is a file here and a line in this table. */
const KINDS: { readonly [K in OrderKind]: Kind<K> } = {
  'connect-option': connectOption,
  'disconnect-option': disconnectOption,
  'connect-content': connectContent,
  'stop-content': stopContent,
  'stop-all-content': stopAllContent,
  'ban-content': banContent,
  'allow-content': allowContent,
  'change-tariff': changeTariff,
  'top-up': topUp,
  'promised-payment': promisedPayment,
  'transfer-money': transferMoney,
  'block-line': blockLine,
  'unblock-line': unblockLine,
  'set-forwarding': setForwarding,
  'set-limit': setLimit,
  'set-auto-top-up': setAutoTopUp,
  'send-settings': sendSettings,
  'share-line': shareLine,
  'end-access': endAccess,
  'leave-line': leaveLine,
  'goodwill-credit': goodwillCredit,
  'refund-content': refundContent,
  'refund-top-up': refundTopUp,
  'reverse-deal': reverseDeal,
}

// The table pairs each request with its own kind; one cast here keeps casts out of every kind.
const kindOf = (request: OrderRequest): Kind<OrderKind> => KINDS[request.kind] as unknown as Kind<OrderKind>

export const isUndoable = (request: OrderRequest): boolean => kindOf(request).undoable

/** Placing it only begins it. */
export const endsLater = (request: OrderRequest): boolean => kindOf(request).endsLater === true

export async function effectsOf(view: View, request: OrderRequest): Promise<OrderEffect[]> {
  return kindOf(request).effects(view, request)
}

export async function carryOut(
  tx: Executor,
  context: OrdersContext,
  act: OrderAct,
  request: OrderRequest,
): Promise<void> {
  await kindOf(request).carryOut(tx, context, act, request)
}
