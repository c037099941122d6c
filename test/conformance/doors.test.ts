import { describe } from 'vitest'
import { createMaxAdapter } from '../../server/channels/max/index.ts'
import { createSmsAdapter } from '../../server/channels/sms/index.ts'
import { createTelegramAdapter } from '../../server/channels/telegram/index.ts'
import { systemClock } from '../../server/platform/clock.ts'
import { createOutgoing } from '../../server/platform/outgoing/index.ts'
import { anAccount, silentLog } from './doorstep.ts'
import { maxPayloads, smsPayloads, telegramPayloads } from './payload-makers.ts'
import { pipelineCases } from './pipeline-cases.ts'
import { recordingIntake } from './recording-intake.ts'

// Without a database: what the adapters owe the pipeline. None of them calls the world while it only reads.
const deps = {
  outgoing: createOutgoing(),
  clock: systemClock,
  log: silentLog,
  publicUrl: 'http://127.0.0.1:1',
}
const doors = [
  { adapter: createMaxAdapter(deps), make: maxPayloads },
  { adapter: createTelegramAdapter(deps), make: telegramPayloads },
  { adapter: createSmsAdapter(deps), make: smsPayloads },
]

describe.each(doors)('the door $adapter.kind before a pipeline in memory', ({ adapter, make }) => {
  pipelineCases(async () => {
    const intake = recordingIntake(adapter, anAccount(adapter.kind, {}, {}))
    return {
      receive: intake.receive,
      storedTexts: async () => intake.texts(),
      unfiled: async () => intake.kept.unreadable.length,
    }
  }, make)
})
