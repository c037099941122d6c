import type { Person } from '../core/people.ts'
import type { Act } from './acts.ts'
import type { ChatView } from './view.ts'

/** The person's side of a stand-in: what tests and the phone page use; no part of any wire format. */
export interface PhoneService {
  readonly name: string
  /** Does what the person does. Raises `CannotAct`. Gives the ids of the messages that came of it. */
  act(person: Person, act: Act): Promise<{ messageIds: string[] }>
  view(person: Person): ChatView
}

/** One try to hand an update to the product's webhook, kept for tests. */
export interface Delivery {
  url: string
  update: unknown
  at: number
  /** 0: no answer. */
  status: number
}
