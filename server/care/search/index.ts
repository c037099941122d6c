/**
 * Full-text search over what was said, in Russian and English. Documents are made after the commit, from a queue that the
 * writing transactions leave; the lag is measured and told with every answer.
 *
 * - Nobody finds what they may not open: an agent searches the lanes of conversations that they may know, supervisors all; a lane that
 *   changed hands, in the time of the person whose conversation it is. Searches are limited, a minute and a day.
 * - Erased bodies lose their documents in the same transaction. What the person deleted is not found from then on, by none of its words.
 * - Searchable within two seconds, in a flood too: the indexer leaves the machine to others only while nothing waits for a second.
 */
export { eraseDocuments, eraseOldDocuments } from './erase-documents.ts'
export { searchHandlers } from './http.ts'
export { measureLag, startIndexing } from './index-entries.ts'
