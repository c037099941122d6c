import { Refusal } from '../../platform/refusal.ts'

function textOf(error: object, field: 'code' | 'detail' | 'constraint'): string | undefined {
  const value: unknown = Reflect.get(error, field)
  return typeof value === 'string' ? value : undefined
}

function refusalOf(error: object): Refusal | undefined {
  const code = textOf(error, 'code')
  if (code === 'LK402')
    return new Refusal('insufficient_balance', JSON.parse(textOf(error, 'detail') ?? '{}'))
  if (code === 'LK409') return new Refusal('idempotency_key_reused')
  if (textOf(error, 'constraint') === 'balance_not_below_floor') return new Refusal('insufficient_balance')
  return undefined
}

/** Throws the refusal that the database's error stands for, or the error itself. */
export function asRefusal(error: unknown): never {
  throw (typeof error === 'object' && error !== null && refusalOf(error)) || error
}
