/**
 * The catalogue: tariffs, options, paid content, discounts and zones of roaming, each with all its conditions in Russian and English.
 *
 * - It is versioned: publishing makes a new version on top of the one that the designer saw. An offering lives from a version until another;
 *   what a version does not change keeps its id.
 * - An offering never changes and is never deleted: a line refers to the id that it agreed to and keeps those conditions. That is why
 *   offerings and versions are remembered in memory without end of validity.
 * - What is used abroad costs what its zone said when it was used: of each zone is known when which prices held.
 * - A code means one thing for ever: it keeps its kind, and what is left out of a draft is archived.
 * - Knows no line: how many lines keep an offering is asked through a port.
 */

export { type CatalogueDeps, catalogueHandlers } from './http.ts'
export type { CountLinesOf } from './judge-draft.ts'
export { previewDraft } from './preview-draft.ts'
export { type CatalogueDraft, type Publication, publishCatalogue } from './publish-catalogue.ts'
export {
  findInForce,
  findOffered,
  findOffering,
  listOffered,
  readCatalogue,
  readOfferings,
} from './read-catalogue.ts'
export { listZones, ratesIn, readZones, type ZoneThen } from './read-zones.ts'
export { seedCatalogue } from './seed-catalogue.ts'
