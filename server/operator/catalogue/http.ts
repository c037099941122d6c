import type { Catalogue, catalogue } from '../../../contracts/catalogue.ts'
import type { Clock } from '../../platform/clock.ts'
import { type Executor, inTransaction } from '../../platform/database/index.ts'
import type { Handlers } from '../../platform/http/index.ts'
import type { CountLinesOf } from './judge-draft.ts'
import { previewDraft } from './preview-draft.ts'
import { type Publication, publishCatalogue } from './publish-catalogue.ts'
import { listOffered, readCatalogue } from './read-catalogue.ts'
import { listZones } from './read-zones.ts'
import { listVersions } from './store.ts'

/** What this room works with; made once, in the composition root. */
export interface CatalogueDeps {
  readonly clock: Clock
  readonly countLinesOf: CountLinesOf
  /** Told, inside the transaction, that a version was published: for the audit. */
  readonly published: (
    tx: Executor,
    change: Publication & { readonly by: { readonly id: string; readonly name: string } },
  ) => Promise<void>
}

/** The handlers of the `catalogue` contract. */
export function catalogueHandlers(deps: CatalogueDeps): Handlers<typeof catalogue> {
  return {
    async getCatalogue({ db, actor }) {
      return actor.kind === 'subscriber' ? readOffered(db, deps.clock) : readCatalogue(db)
    },
    async listZones({ db }) {
      return listZones(db, deps.clock.now())
    },
    async previewCatalogue({ db, body }) {
      return previewDraft(db, deps.countLinesOf, body)
    },
    async publishCatalogue({ db, actor, body }) {
      return inTransaction(db, async (tx) => {
        const publication = await publishCatalogue(tx, deps, { ...body, by: actor.name })
        if (publication) await deps.published(tx, { ...publication, by: { id: actor.id, name: actor.name } })
        return readCatalogue(tx)
      })
    },
    async listCatalogueVersions({ db }) {
      return (await listVersions(db)).map(({ number, publishedAt, publishedBy, diff }) => ({
        version: number,
        publishedAt: publishedAt.toISOString(),
        publishedBy,
        diff,
      }))
    },
  }
}

/** The catalogue as a subscriber may see it: what can be had now, and no names of the staff. */
async function readOffered(db: Executor, clock: Clock): Promise<Catalogue> {
  const all = await readCatalogue(db)
  return { ...all, publishedBy: '', offerings: await listOffered(db, clock.now()) }
}
