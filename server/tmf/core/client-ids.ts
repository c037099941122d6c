import { createHash } from 'node:crypto'
import { stringify } from 'uuid'

/** By which a client names a thing of its own. */
export type Naming = 'external-id' | 'key' | 'correlator' | 'payment-key'

/**
 * The id of the thing that a client calls so: the same name is the same thing, so that a repeat is done once, whoever lost the answer.
 * A UUID of version 8 (RFC 9562 §5.8).
 */
export function idOfClient(clientId: string, way: Naming, name: string): string {
  const bytes = createHash('sha256')
    .update(JSON.stringify([clientId, way, name]))
    .digest()
    .subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return stringify(bytes)
}
