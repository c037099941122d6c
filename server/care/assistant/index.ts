/**
 * The assistant: dialogs that do things, the same at every door.
 *
 * - A flow is data: validated, versioned, published by a designer; a dialog ends on the version on which it began.
 * - The engine is pure; what it has done is done outside, once, and comes back as an input.
 * - Nothing personal is said to a contact point that is not proved; what an act wants by trust it gets in the dialog.
 * - `containment/`: what became of visits, counted so that it flatters nobody.
 * - `understanding/`: what a message wants, how sure that is and why; the values in it; the examples that teach it.
 */
export type { Advisor } from './advice/advisor.ts'
export { createAdvisor } from './advice/create-advisor.ts'
export { containmentHandlers } from './containment/containment-http.ts'
export { forgetVisits } from './containment/forget-visits.ts'
export { judgeVisits } from './containment/judge-visits.ts'
export {
  type Act,
  beginDialog,
  type DialogState,
  type Ears,
  type Effect,
  type Input,
  listen,
  type Meaning,
  type Output,
  type Result,
  renderChat,
  renderVoice,
  type Step,
  step,
  summarise,
  type Value,
} from './engine/index.ts'
export { FIRST_FLOWS, readFirstFlow } from './first-flows/index.ts'
export { checkFlow } from './flows/check-flow.ts'
export { type FlowsDeps, flowsHandlers } from './flows/flows-http.ts'
export { seedFlows } from './flows/seed-flows.ts'
export { countTraffic } from './flows/traffic/count-traffic.ts'
export { plainUnderstanding } from './plain-understanding.ts'
export { type Assistant, createAssistant } from './running/create-assistant.ts'
export { eraseDialogs, eraseOldDialogs, forgetOldDialogs, forgetOldTurns } from './running/dialog-store.ts'
export { flowEars } from './running/find-flow.ts'
export type { AssistantRoom } from './running/room.ts'
export { trainedUnderstanding } from './trained-understanding.ts'
export * from './understanding/index.ts'
export type { Understanding } from './understanding-port.ts'
