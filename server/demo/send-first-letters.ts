import type { ChannelKind } from '../../contracts/channels.ts'
import type { Log } from '../platform/telemetry/index.ts'
import type { RunningWorld } from './run-world.ts'
import { type DemoLetter, VOLNA_LETTERS } from './volna/letters.ts'

const ANSWER_MS = 5_000

/** People write at the doors that have just opened, from their own phones: the desk is not empty when it is first looked at. */
export async function sendFirstLetters(
  world: RunningWorld,
  opened: readonly ChannelKind[],
  log: Log,
): Promise<void> {
  for (const letter of VOLNA_LETTERS) {
    if (!opened.includes(letter.door)) continue
    // A demo to which nobody writes is still a demo.
    await write(world, letter).catch((error: unknown) => {
      log.error({ err: error, person: letter.person }, 'a first letter was not written')
    })
  }
}

async function write({ url }: RunningWorld, { service, person, acts }: DemoLetter): Promise<void> {
  for (const act of acts) {
    const answer = await fetch(`${url}/world/${service}/chats/${person}/acts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(act),
      signal: AbortSignal.timeout(ANSWER_MS),
    })
    if (!answer.ok) throw new Error(`${service} answered ${answer.status}: ${await answer.text()}`)
  }
}
