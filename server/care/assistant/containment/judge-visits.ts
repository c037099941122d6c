import type { Clock } from '../../../platform/clock.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { readTopicTree } from '../../topics/index.ts'
import { CONTAINMENT, dayMs, recontactOf } from './definition.ts'
import { type DueVisit, dueVisits, type JudgedVisit, keepJudgements } from './visit-store.ts'

const AT_ONCE = 200
/** Of one run; the next one goes on. */
const MOST = 50

/**
 * Looks at visits a day and seven days after they ended: whether the same person came again on the topic, on any channel, and whether
 * somebody of the staff took part. Gives how many were judged. For an hourly job.
 */
export async function judgeVisits(db: Executor, clock: Clock): Promise<number> {
  const tops = await topTopics(db)
  let count = 0
  let judged = 0
  for (const days of CONTAINMENT.days) {
    for (let batch = 0; batch < MOST; batch++) {
      const before = new Date(clock.now().getTime() - dayMs(days))
      const due = await dueVisits(db, { judged, before, days, limit: AT_ONCE })
      if (due.length === 0) break
      await keepJudgements(
        db,
        days,
        due.map((visit) => judge(visit, tops)),
      )
      count += due.length
    }
    judged = days
  }
  return count
}

/** The key of the top-level topic of each topic, by its id and by its key. */
type Tops = ReadonlyMap<string, string>

async function topTopics(db: Executor): Promise<Tops> {
  const { topics } = await readTopicTree(db)
  const byId = new Map(topics.map((topic) => [topic.id, topic]))
  const tops = new Map<string, string>()
  for (const topic of topics) {
    let top = topic
    for (let up = 0; up < topics.length && top.parentId !== null; up++) top = byId.get(top.parentId) ?? top
    tops.set(topic.id, top.key)
    tops.set(topic.key, top.key)
  }
  return tops
}

function judge({ id, agentAt, topicKey, topicId, contacts }: DueVisit, tops: Tops): JudgedVisit {
  // What somebody of the staff filed it under is surer than what was understood.
  const topOf = (byStaff: string | null, understood: string | null) =>
    tops.get(byStaff ?? understood ?? '') ?? null
  const after = contacts.map((one) => ({ at: new Date(one.at), topic: topOf(one.topicId, one.topicKey) }))
  return { id, agentAt, recontactAt: recontactOf(topOf(topicId, topicKey), after) }
}
