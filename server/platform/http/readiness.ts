/** What must hold before requests are worth sending here; whoever needs something adds a check. */
export interface Readiness {
  /** `check` rejects when it is not so. Its message is logged, not told. */
  add(name: string, check: () => Promise<void>): void
  /** Runs all checks at once; one that takes longer than two seconds has failed. */
  look(): Promise<{
    ready: boolean
    checks: Record<string, 'ok' | 'failed'>
    failures: Record<string, unknown>
  }>
}

const LIMIT_MS = 2000

export function createReadiness(): Readiness {
  const checks = new Map<string, () => Promise<void>>()
  return {
    add: (name, check) => void checks.set(name, check),
    async look() {
      const looked = await Promise.all(
        [...checks].map(async ([name, check]) => {
          const failure = await within(check).then(
            () => undefined,
            (error: unknown) => ({ error }),
          )
          return { name, failure }
        }),
      )
      return {
        ready: looked.every(({ failure }) => failure === undefined),
        checks: Object.fromEntries(looked.map(({ name, failure }) => [name, failure ? 'failed' : 'ok'])),
        failures: Object.fromEntries(
          looked.flatMap(({ name, failure }) => (failure ? [[name, failure.error]] : [])),
        ),
      }
    },
  }
}

function within(check: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('took too long')), LIMIT_MS)
  })
  return Promise.race([check(), late]).finally(() => clearTimeout(timer))
}
