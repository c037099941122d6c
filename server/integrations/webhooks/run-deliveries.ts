import { databaseProblem } from '../../platform/database/index.ts'
import { type Loop, startLoop } from '../../platform/loop.ts'
import { type DeliverDeps, deliverSome, findDue } from './deliver.ts'

const POLL_MS = 500

/** Tells what is due, each receiver on its own: whoever is slow keeps nobody else waiting. Several nodes share the work. */
export function runDeliveries(deps: DeliverDeps): Loop {
  const underWay = new Map<string, Promise<void>>()
  let stopped = false
  const onError = (error: unknown) => {
    if (!databaseProblem(error)) deps.onDefect(error)
  }

  const pump = async (webhookId: string) => {
    while (!stopped && (await deliverSome(deps, webhookId)) > 0) {
      // More may be due.
    }
  }
  const begin = (webhookId: string) => {
    const run = pump(webhookId)
      .catch(onError)
      .finally(() => underWay.delete(webhookId))
    underWay.set(webhookId, run)
  }
  const loop = startLoop({
    work: async () => {
      const due = (await findDue(deps.db, deps.clock.now())).filter((id) => !underWay.has(id))
      for (const webhookId of due) begin(webhookId)
      return 0
    },
    pollMs: POLL_MS,
    onError,
  })
  const settled = async () => {
    await Promise.all(underWay.values())
  }
  return {
    wake: loop.wake,
    drain: async () => {
      await loop.drain()
      await settled()
    },
    stop: async () => {
      stopped = true
      await loop.stop()
      await settled()
    },
  }
}
