/** A number as it is typed, as the operator keeps it: 8 900… is 7900…; undefined: it is none. */
export function numberOf(typed: string): string | undefined {
  const digits = typed.replace(/\D/g, '')
  if (/^[78]\d{10}$/.test(digits)) return `7${digits.slice(1)}`
  return /^\d{10,15}$/.test(digits) && typed.trim().startsWith('+') ? digits : undefined
}
