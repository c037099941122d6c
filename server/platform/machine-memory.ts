import os from 'node:os'

/** The memory that this process may use: a container's limit where there is one. */
export function memoryBytes(): number {
  // No limit is told as 0 or as a number beyond any machine.
  const limit = process.constrainedMemory()
  return limit > 0 ? Math.min(limit, os.totalmem()) : os.totalmem()
}
