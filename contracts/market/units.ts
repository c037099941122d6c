import { z } from 'zod'
import type { TrafficType } from '../amounts.ts'

/** How many bytes, seconds or pieces a unit of the Market is. */
export const MARKET_UNIT = { data: 1024 ** 3, voice: 60, sms: 1 } as const satisfies Record<
  TrafficType,
  number
>

/** How many units a lot or a purchase has. */
export const Units = z.number().int().min(1).max(100_000)
