/**
 * The demo: a fictional operator with staff, doors and the outside world beside it, so that one command shows the whole.
 * It only uses what any installation has: the world is known to the server by URLs, tokens and secrets alone.
 */
export { type Demo, startDemo } from './start-demo.ts'
