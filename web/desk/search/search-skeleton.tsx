import { Skeleton } from '@mantine/core'
import { useWords } from '../app/words.ts'

/** The shape of what is found while it is looked for. */
export function SearchSkeleton() {
  const { t } = useWords()
  return (
    <div role="status" aria-label={t('states.loading')}>
      <Skeleton height={12} width={120} mt={24} />
      <Skeleton height={36} mt={12} />
      <Skeleton height={36} mt={12} />
      <Skeleton height={36} mt={12} />
    </div>
  )
}
