// Unreachable, refusing, ending, or demoted to a replica: PostgreSQL's Appendix A (classes 08, 53, 57) and the system's own codes.
const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
  '25006',
  '53200',
  '53300',
  '57P01',
  '57P02',
  '57P03',
  '57P05',
])
const FULL = new Set(['53100', '53400', 'ENOSPC'])

// The driver throws these without a code.
const AWAY_WITHOUT_CODE =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error|Client was closed and is not queryable|Cannot use a pool after calling end)/

function codeOf(error: object): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

// No socket file: the embedded server is not up. Any other ENOENT is somebody else's trouble.
function socketIsMissing(error: object): boolean {
  return codeOf(error) === 'ENOENT' && 'syscall' in error && error.syscall === 'connect'
}

/**
 * Is this failure the database's state rather than a defect of ours? `away`: not reachable now, retry later; `full`: it cannot store
 * any more. Both are answered with 503, so that a sender keeps its message and tries again. Anything else: undefined.
 */
export function databaseProblem(error: unknown): 'away' | 'full' | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const code = codeOf(error)
  if (code !== undefined && FULL.has(code)) return 'full'
  if (code !== undefined && (AWAY.has(code) || /^08...$/.test(code))) return 'away'
  if (socketIsMissing(error)) return 'away'
  if (code === undefined && error instanceof Error && AWAY_WITHOUT_CODE.test(error.message)) return 'away'
  return error instanceof Error && error.cause !== undefined ? databaseProblem(error.cause) : undefined
}
