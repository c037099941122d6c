import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { flowsQuery, intentsQuery } from '../data.ts'
import type { Describing } from '../graph/describe-node.ts'
import { useAssistantWords } from '../words.ts'

/** What other flows and intents are called. */
export function useNames() {
  const { t, locale } = useAssistantWords()
  const rows = useQuery(flowsQuery).data
  const intents = useQuery(intentsQuery).data
  return useMemo(() => {
    const flowTitle = (key: string) => rows?.find((one) => one.key === key)?.title[locale] ?? key
    const describing: Describing = { t, locale, flowTitle }
    return {
      describing,
      flowKeys: (rows ?? []).map(({ key }) => key),
      intents: intents ?? [],
      intentTitle: (key: string) => intents?.find((one) => one.key === key)?.title[locale] ?? key,
    }
  }, [t, locale, rows, intents])
}
