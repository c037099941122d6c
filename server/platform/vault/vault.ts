import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { KEY_ID_BYTES, type Key } from './keys.ts'

const FORM = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEADER_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES
const ALGORITHM = 'aes-256-gcm'

export interface Vault {
  /** Name of the key that seals now. */
  readonly keyId: string
  /** Encrypts; `context` names the place where the result will stand and is needed again to open it. */
  seal(plain: Buffer, context: string): Buffer
  /** @throws SealBroken when it was changed, belongs to another context, or its key is not there */
  open(sealed: Buffer, context: string): Buffer
  /** The same content under the newest key; gives `sealed` itself back when it already is. */
  reseal(sealed: Buffer, context: string): Buffer
  /** A keyed hash (hex, 64 digits): equal values have equal ones, nobody without the key can try values out. Changes with the newest key. */
  fingerprint(value: string): string
  /** The running form of `fingerprint`, for content that does not fit memory. */
  fingerprintStream(): { update(part: Buffer): void; digest(): Buffer }
}

/** Sealed data does not open. Says which key it wants, never what is in it. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken'
}

/** A vault over keys at hand; `openVault` finds them. The first one seals. */
export function createVault(keys: readonly [Key, ...Key[]]): Vault {
  const [newest] = keys
  const byId = new Map(keys.map((key) => [key.id.toString('hex'), key]))

  const open = (sealed: Buffer, context: string): Buffer => {
    const keyId = keyIdOf(sealed)
    const key = byId.get(keyId)
    if (key === undefined)
      throw new SealBroken(`sealed with key ${keyId}, which is not among the configured keys`)
    return decrypt(key, sealed, context)
  }
  const seal = (plain: Buffer, context: string) => encrypt(newest, plain, context)
  const hmac = () => createHmac('sha256', newest.fingerprinting)
  return {
    keyId: newest.id.toString('hex'),
    seal,
    open,
    reseal: (sealed, context) =>
      newest.id.equals(idIn(sealed)) ? sealed : seal(open(sealed, context), context),
    fingerprint: (value) => hmac().update(value).digest('hex'),
    fingerprintStream: () => {
      const running = hmac()
      return { update: (part) => void running.update(part), digest: () => running.digest() }
    },
  }
}

/** Layout: form (1 byte), key id (8), nonce (12), ciphertext, tag (16). The header and the context are authenticated too. */
function encrypt(key: Key, plain: Buffer, context: string): Buffer {
  const header = Buffer.concat([Buffer.of(FORM), key.id, randomBytes(NONCE_BYTES)])
  const cipher = createCipheriv(ALGORITHM, key.sealing, header.subarray(1 + KEY_ID_BYTES))
  cipher.setAAD(Buffer.concat([header, Buffer.from(context)]))
  return Buffer.concat([header, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function decrypt(key: Key, sealed: Buffer, context: string): Buffer {
  const header = sealed.subarray(0, HEADER_BYTES)
  const decipher = createDecipheriv(ALGORITHM, key.sealing, header.subarray(1 + KEY_ID_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(Buffer.concat([header, Buffer.from(context)]))
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(HEADER_BYTES, -TAG_BYTES)), decipher.final()])
  } catch {
    throw new SealBroken('sealed data was changed, or belongs to another place')
  }
}

function keyIdOf(sealed: Buffer): string {
  if (sealed.length < HEADER_BYTES + TAG_BYTES || sealed[0] !== FORM)
    throw new SealBroken('this is not sealed data')
  return idIn(sealed).toString('hex')
}

function idIn(sealed: Buffer): Buffer {
  return sealed.subarray(1, 1 + KEY_ID_BYTES)
}
