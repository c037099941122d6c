import type { my as contract } from '../../../contracts/my.ts'
import type { Handlers } from '../../platform/http/index.ts'
import { accountHandlers } from './account/account-http.ts'
import type { MyRoom } from './my-room.ts'
import { signInHandlers } from './sign-in-http.ts'
import { storyHandlers } from './story/story-http.ts'

/** The handlers of the `my` contract. */
export function myHandlers(room: MyRoom): Handlers<typeof contract> {
  return { ...signInHandlers(room), ...storyHandlers(room), ...accountHandlers(room) }
}
