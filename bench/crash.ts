/** Kills -9 of server, database and both in a storm of messages both ways: what was lost, doubled, out of order. */
import { begin, report, say } from './harness/index.ts'
import { ABREAST, runStorm } from './harness/storm.ts'

await begin(async ({ quick, folder, atEnd }) => {
  const storm = quick
    ? { chats: 50, inbound: 20, outbound: 15, kills: 6 }
    : { chats: 220, inbound: 28, outbound: 18, kills: 21 }
  const result = await runStorm({ ...storm, folder, atEnd, say, calmMs: [1_000, 3_500] })
  const { lost, doubled, outOfOrder } = result
  report({
    name: 'crash',
    value: lost + doubled + outOfOrder,
    unit: 'messages',
    baseline: 0,
    ratio: null,
    ...result,
    chats: storm.chats,
    unknownAtMost: ABREAST * storm.kills,
  })
})
