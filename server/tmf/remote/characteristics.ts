import type { z } from 'zod'
import type { Characteristic } from '../core/common.ts'

/** The value of a characteristic in a shape; undefined = it is not there, or is something else. */
export function characteristicIn<S extends z.ZodType>(
  characteristics: readonly Characteristic[],
  name: string,
  schema: S,
): z.output<S> | undefined {
  const found = characteristics.find((one) => one.name === name)
  return found && schema.safeParse(found.value).data
}

/** Kopecks of what these APIs write in roubles. */
export const kopecksOf = (roubles: number): number => Math.round(roubles * 100)
