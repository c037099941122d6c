import { textOf } from '../../messages/index.ts'
import type { Door } from '../care/timeline/index.ts'

/** Doors to which one may be sent from a foreign messenger, the best first. */
const PLACES = ['my', 'web-chat', 'max', 'email'] as const

/**
 * The fixed text of a door that may only invite (41-FZ): the ways to the doors that answer, each with its link.
 * @param open the doors that may answer now
 */
export function writeInvitation(locale: 'ru' | 'en', publicUrl: string, open: readonly Door[]): string {
  const places = PLACES.flatMap((kind) =>
    open
      .filter((door) => door.account.kind === kind)
      .flatMap(({ account, adapter }) => {
        // The app's door is ours and has no settings: it stands where we do.
        const place = kind === 'my' ? `${publicUrl}/my/` : adapter.publicPlace?.(account)
        return place ? [textOf(locale, `invitation-${kind}`, { place })] : []
      }),
  )
  return textOf(locale, 'invitation', { places: [...new Set(places)].join('\n') })
}
