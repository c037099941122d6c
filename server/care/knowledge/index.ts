/**
 * Knowledge: help articles in Russian and English, for everybody or for those at the desk alone.
 *
 * - An article is a log of steps: drafted, published, rolled back, retired. Nothing is changed or deleted; every act rests on the version
 *   that its author saw.
 * - Readers find what is in force only. Search understands endings in both languages, takes ё for е, and corrects a word that no
 *   article knows: typed in the wrong keyboard layout, or a few letters from one that is known.
 * - What is meant for agents is found by signed-in staff alone: not by search, not by its key, not as a corrected word.
 * - Whether it helped is counted by article and day; who answered is not kept.
 */
export { articlesHandlers, type KnowledgeDeps } from './articles-http.ts'
export { type HelpDeps, helpHandlers } from './help-http.ts'
export { type AnswerMaterial, readMaterial } from './read-material.ts'
export { seedArticles } from './seed-articles.ts'
export { forgetVotes } from './vote-on-article.ts'
