/**
 * The app "My", as far as it is about the person: how they sign in and on which devices, their whole story with us on every door, knocks at their
 * phones, which sections they open.
 *
 * - Nobody learns from an answer, its words or its time whether a number is one of ours.
 * - A session is an opaque token, kept as its SHA-256; codes and passes as keyed hashes. It rests on a line and ends with it.
 * - Being signed in is level 4; before money leaves a line, and before call details, a code of the last minutes is wanted as well.
 * - Limits hold across nodes; a stranger can use up the codes of a number, but not those of a device that knows it.
 * - The person reads what was said and done, within the time that each lane was theirs; nothing internal, nothing of others.
 */
export { measuresHandlers } from './account/account-http.ts'
export { eraseMyPart, exportMyPart } from './account/my-part.ts'
export { myAdapter } from './adapter.ts'
export { myHandlers } from './http.ts'
export { createMyLimits, type MyLimits } from './limits.ts'
export { byOf, presentLine, requireLine } from './lines-of-mine.ts'
export { createMyLive, type MyLive } from './live.ts'
export type { MailPort, My, MySettings, MyWords } from './my.ts'
export type { MyRoom, RefundFacts } from './my-room.ts'
export { knock, knockAtDevice, knockForLane } from './push/knock.ts'
export { readPushKeys, resealPushKeys } from './push/push-keys.ts'
export { authenticateSubscriber, type MyAuthentication } from './sessions/authenticate.ts'
export { endMyLine, endSessionsOfOthers, forgetEndedSignIns } from './sessions/end-sessions.ts'
export { createSessionMemory } from './sessions/session-memory.ts'
export { deliverCode } from './sign-in/deliver-code.ts'
export { requireFreshCode } from './sign-in/fresh-code.ts'
export { isSimLost } from './sign-in/lost-sim.ts'
export { signInHandlers } from './sign-in-http.ts'
export { writeAbout } from './story/write-about.ts'
export { syncLines } from './sync-lines.ts'
export { isTold, toldOrder } from './told-order.ts'
export { rollUpVisits } from './visits/read-visits.ts'
