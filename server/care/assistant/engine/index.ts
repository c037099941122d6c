/**
 * The engine of dialogs: (flow, state, input, now) → (state, what is said, what is done).
 *
 * - Pure: no I/O, no clock, no chance. The same inputs always lead to the same state, so a dialog can be replayed from its log.
 * - Whoever listens reads words into an input first; a secret stands in it as a mark.
 * - At every moment at which somebody is heard a person is one word away, and an emergency is answered first of all.
 * - Half-sure: asked back once. Not understood twice: a person.
 */
export { commandIn } from './commands.ts'
export { type Ears, type Heard, isSecret, listen, payloadOf } from './listen.ts'
export { sayCalling } from './phrases.ts'
export { sayPromised } from './promised.ts'
export { localeOf, type Prompt, type Rendered, renderChat, renderVoice } from './render.ts'
export type {
  Act,
  Beginning,
  DialogState,
  Effect,
  HandOverReason,
  Input,
  Item,
  Meaning,
  Output,
  Result,
  Step,
  Told,
} from './state.ts'
export { beginDialog, step } from './step.ts'
export { summarise } from './summarise.ts'
export { sayMoney, sayPhone, sayValue, type Value, type Values } from './words.ts'
