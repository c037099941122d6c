import { z } from 'zod'

/** Money in integer kopecks. */
export const Kopecks = z.number().int().min(-9_000_000_000_000).max(9_000_000_000_000)
/** Money that somebody pays, gives or asks for: more than nothing, at most a million roubles at a time. */
export const PositiveKopecks = z.number().int().min(1).max(100_000_000)

/** What a package holds. Data is counted in bytes, voice in seconds, SMS in pieces. */
export const TrafficType = z.enum(['data', 'voice', 'sms']).meta({ id: 'TrafficType' })
export type TrafficType = z.infer<typeof TrafficType>

/** An amount of traffic in the unit of its type: bytes, seconds or pieces. */
export const Volume = z.number().int().min(0).max(9_000_000_000_000_000)

/** E.164 without the plus. */
export const Msisdn = z.string().regex(/^[1-9]\d{6,14}$/)
