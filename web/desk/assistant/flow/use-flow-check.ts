import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { flows } from '../../../../contracts/assistant.ts'
import type { Flow, FlowProblem } from '../../../../contracts/flows.ts'
import { call } from '../../data/api.ts'

const STILL_MS = 350
const NONE: readonly FlowProblem[] = []

/** The text once nobody has changed it for a moment. */
export const useStill = (flow: Flow): Flow => useDebouncedValue(flow, STILL_MS)[0]

/** What keeps the text on the screen from being published, and whether that is of this very text. */
export function useFlowCheck(key: string, flow: Flow) {
  const query = useQuery({
    queryKey: ['flow-check', key, flow],
    queryFn: ({ signal }) => call(flows.checkFlowText, { params: { key }, body: { flow }, signal }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
  return { problems: query.data ?? NONE, isChecked: query.isSuccess && !query.isPlaceholderData }
}
