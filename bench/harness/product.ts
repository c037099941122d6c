import type { NewAccount } from '../../server/care/timeline/index.ts'
import { type Program, startProgram } from './program.ts'

export interface ProductOptions {
  readonly dataDir: string
  readonly port: number
  /** Absent: its own embedded PostgreSQL in the data folder. */
  readonly databaseUrl?: string
  /** Doors that must be open; those that are there stay. */
  readonly doors: readonly (NewAccount & { readonly id: string })[]
  /** Where the doors lead: the one origin on this machine that it may call. */
  readonly trustedOrigin: string
  /** Gives the demo staff new passwords and tells them. */
  readonly staff?: boolean
  /** Milliseconds that its clock is ahead of the real one. */
  readonly aheadMs?: number
  /** Believes whoever is on this machine where a request came from, as behind a balancer. */
  readonly behindProxy?: boolean
}

export interface Login {
  readonly email: string
  readonly password: string
}

/** The product as a process of its own. */
export interface Product extends Program {
  readonly url: string
  readonly port: number
  readonly logins: readonly Login[]
}

/** Starts the product. Resolves when it serves. */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const program = startProgram('serve', {
    env: { LOG_LEVEL: 'silent' },
    nodeArgs: ['--expose-gc'],
  })
  const started = await program.ask<{ url: string; logins: readonly Login[] }>('start', options)
  return {
    ...program,
    ...started,
    port: options.port,
    get gone() {
      return program.gone
    },
  }
}
