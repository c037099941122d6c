/**
 * The topic tree: what people turn to us about, in two levels or more, in Russian and English.
 *
 * - It is versioned: publishing makes a new version, on top of the one that the designer saw. A topic lives from a version until another.
 * - Nothing is deleted: a retired topic keeps its title, so that old conversations keep theirs. `key` is stable and never used twice.
 */
export { topicsHandlers } from './http.ts'
export type { PublishTopics } from './publish-topic-tree.ts'
export { publishTopicTree } from './publish-topic-tree.ts'
export { seedTopics } from './seed-topics.ts'
export { readTopicTree, topicKeyOf, topTopicOf } from './topic-tree.ts'
