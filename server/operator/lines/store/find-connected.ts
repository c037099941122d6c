import { type Executor, maybeOne, sql } from '../../../platform/database/index.ts'

export interface ConnectedFound {
  readonly id: string
  readonly lineId: string
  readonly offeringId: string
  readonly since: Date
  readonly endedAt: Date | null
  readonly consentAt: Date | null
  readonly consentThrough: string | null
  readonly consentWords: string | null
  readonly spentKopecks: number
}

/** A connection, ended ones too, with what it cost from its beginning to its end. */
export function selectConnected(db: Executor, connectedId: string): Promise<ConnectedFound | undefined> {
  return maybeOne(
    db,
    sql<ConnectedFound>`
      select c.id, c.line_id as "lineId", c.offering_id as "offeringId", c.since, c.ended_at as "endedAt",
        c.consent_at as "consentAt", c.consent_through as "consentThrough", c.consent_words as "consentWords",
        coalesce((select sum(-kopecks) from lines.charge x where x.line_id = c.line_id and x.category = c.kind
          and x.at >= c.since and (c.ended_at is null or x.at <= c.ended_at) and x.code = c.code), 0)::bigint as "spentKopecks"
      from lines.connected c where c.id = ${connectedId}`,
  )
}
