import { useNavigate, useSearch } from '@tanstack/react-router'
import { z } from 'zod'
import { KINDS } from './blank.ts'

/** What is looked at; lives in the URL, so that "back" leads from an offering to the list. Unknown words fall back quietly. */
export const CatalogueSearch = z.object({
  kind: z.enum(KINDS).optional().catch(undefined),
  view: z.enum(['offering', 'preview', 'history']).optional().catch(undefined),
  key: z.string().max(80).optional().catch(undefined),
})
export type CatalogueView = z.infer<typeof CatalogueSearch>

/** What is looked at, and the way to something else. */
export function useCatalogueView() {
  const view = useSearch({ from: '/settings/catalogue' })
  const navigate = useNavigate()
  const go = (next: CatalogueView, replace = false) =>
    void navigate({ to: '/settings/catalogue', search: next, replace })
  return { ...view, kind: view.kind ?? 'tariff', go }
}
