import { Skeleton, Stack } from '@mantine/core'

/** The shape of the card while it loads. */
export function CardSkeleton() {
  return (
    <Stack gap={12} aria-hidden>
      <Skeleton height={18} width="70%" />
      <Skeleton height={10} width="50%" />
      <Skeleton height={34} mt={16} />
      <Skeleton height={34} />
      <Skeleton height={34} />
    </Stack>
  )
}
