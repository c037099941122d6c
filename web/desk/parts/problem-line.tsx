import { Alert } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { problemText } from '../../shared/problems/index.ts'
import { useWords } from '../app/words.ts'

/** Why something did not work, beside the thing itself, in the words of the place where it has its own. Nothing when there is no error. */
export function ProblemLine({ error, words = null }: { error: unknown; words?: string | null }) {
  const { locale } = useWords()
  if (!error) return null
  return (
    <Alert color="red" variant="light" p="8px 12px" icon={<IconAlertCircle size={16} />} role="alert">
      {words ?? problemText(error, locale)}
    </Alert>
  )
}
