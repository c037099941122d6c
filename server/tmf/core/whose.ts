/** Whose a thing is, as the audit keeps it. */
export interface Whose {
  readonly subscriberId?: string | undefined
  readonly contactPointId?: string | undefined
  readonly conversationId?: string | undefined
}
