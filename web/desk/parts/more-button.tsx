import { Button, type ButtonProps } from '@mantine/core'
import { useWords } from '../app/words.ts'

/** A list that is read in pages, as far as its next one goes. */
interface Pages {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly fetchNextPage: () => Promise<unknown>
}

interface Props extends Pick<ButtonProps, 'variant' | 'color' | 'size' | 'm' | 'mt'> {
  readonly query: Pages
  readonly words?: string
}

/** Brings the next page, where there is one. */
export function MoreButton({ query, words, variant = 'subtle', ...looks }: Props) {
  const { t } = useWords()
  if (!query.hasNextPage) return null
  return (
    <Button
      variant={variant}
      {...looks}
      loading={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
    >
      {words ?? t('states.more')}
    </Button>
  )
}
