import { foldCase, wordsOf } from '../language/read-text.ts'

/** The words of a text alone: texts that differ in signs and capitals only teach the same. */
export const plainWords = (text: string): string => wordsOf(foldCase(text)).join(' ')
