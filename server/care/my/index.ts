/**
 * The app "My", as far as it is about the person: how they sign in, on which devices, who they are among the operator's people.
 *
 * - Nobody learns from an answer, its words or its time whether a number is one of ours.
 * - A session is an opaque token, kept as its SHA-256; codes and passes as keyed hashes. It rests on a line and ends with it.
 * - Being signed in is level 4; before money leaves a line, and before call details, a code of the last minutes is wanted as well.
 * - Limits hold across nodes; a stranger can use up the codes of a number, but not those of a device that knows it.
 */
export { myAdapter } from './adapter.ts'
export { createMyLimits, type MyLimits } from './limits.ts'
export { byOf, presentLine, requireLine } from './lines-of-mine.ts'
export type { MailPort, My, MySettings, MyWords } from './my.ts'
export { authenticateSubscriber, type MyAuthentication } from './sessions/authenticate.ts'
export { endMyLine, forgetEndedSignIns } from './sessions/end-sessions.ts'
export { deliverCode } from './sign-in/deliver-code.ts'
export { requireFreshCode } from './sign-in/fresh-code.ts'
export { signInHandlers } from './sign-in-http.ts'
