import { createAccount, type NewAccount } from '../care/timeline/index.ts'
import type { Otklik } from '../compose/index.ts'
import type { Config } from '../config.ts'
import { inTransaction } from '../platform/database/index.ts'
import type { RunningWorld } from './run-world.ts'

/** Opens the demo's doors on first start. Doors that are there stay as somebody may have changed them. */
export async function openDemoDoors(otklik: Otklik, config: Config, world: RunningWorld): Promise<void> {
  const { doors, adapters } = otklik.timeline.context
  const open = new Set((await doors.all()).map(({ account }) => account.kind))
  const missing = demoDoors(config, world).filter(
    ({ kind }) => !open.has(kind) && adapters.some((one) => one.kind === kind),
  )
  if (missing.length === 0) return
  await inTransaction(otklik.db, async (tx) => {
    for (const door of missing) await createAccount(tx, otklik.vault, otklik.clock, door)
    otklik.timeline.context.afterAccountChange(tx)
  })
  await doors.refresh()
}

function demoDoors(_config: Config, _world: RunningWorld): NewAccount[] {
  return [
    {
      kind: 'web-chat',
      name: 'Чат на сайте',
      policy: 'full',
      settings: {
        operator: 'Волна',
        quickReplies: {
          ru: ['Сколько у меня осталось?', 'Не работает интернет', 'Позвать человека'],
          en: ['What do I have left?', 'The internet is down', 'A person, please'],
        },
      },
      secrets: {},
    },
  ]
}
