/**
 * The assistant: dialogs that do things, the same in text and in voice.
 *
 * - `understanding/`: what a message wants, how sure that is and why; the values in it; the examples that teach it.
 */
export * from './understanding/index.ts'
