import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { catalogue } from '../../../contracts/catalogue.ts'
import { call } from '../data/api.ts'
import { changesOf, type Draft, offeringsOf } from './draft.ts'
import { fitsSchema } from './faults.ts'

/** Drafts are never changed, so each has a number: as a key the whole of it would be written out again and again. */
const numbers = new WeakMap<Draft, number>()
let drafts = 0
function numberOf(draft: Draft): number {
  const number = numbers.get(draft) ?? ++drafts
  numbers.set(draft, number)
  return number
}

/** So long nobody types before the server is asked. */
const PAUSE_MS = 600

/**
 * What the server says of the draft: its diff and problems, asked again when somebody stops typing. Not asked while the draft has no changes
 * or does not fit the schema (`sound` is false then).
 */
export function usePreview(draft: Draft) {
  const [settled] = useDebouncedValue(draft, PAUSE_MS)
  const sound = useMemo(() => changesOf(settled).every(({ terms }) => fitsSchema(terms)), [settled])
  const dirty = useMemo(() => changesOf(settled).length > 0, [settled])
  const query = useQuery({
    queryKey: ['catalogue-preview', numberOf(settled)],
    queryFn: ({ signal }) =>
      call(catalogue.previewCatalogue, {
        body: { basedOn: settled.version, offerings: offeringsOf(settled) },
        signal,
      }),
    enabled: dirty && sound,
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  })
  return { ...query, sound, dirty, behind: settled !== draft }
}
