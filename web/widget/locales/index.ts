/**
 * The widget's words. A locale is one chunk, and a page loads one: the loader picks it by `data-locale`, else by the
 * language of the page. The loader's own few words stand in `launcher.ts`.
 */
export { launcherTexts } from './launcher.ts'
export { bend, fill } from './speak.ts'
export type { Plural, Texts } from './texts.ts'
