import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { flows } from '../../../../contracts/assistant.ts'
import { call } from '../../data/api.ts'
import type { TrafficOfFlow } from '../graph/flow-graph.tsx'

/** Over how many days traffic can be looked at. */
export const PERIODS = [1, 7, 30, 90] as const
export type Period = (typeof PERIODS)[number]

/** What went through the flow in the days up to now; null while it is not asked for. */
export function useTraffic(key: string, period: Period | null) {
  const query = useQuery({
    queryKey: ['flow-traffic', key, period],
    queryFn: ({ signal }) =>
      call(flows.getFlowTraffic, { params: { key }, query: { days: period ?? 1 }, signal }),
    enabled: period !== null,
    staleTime: 60_000,
  })
  const { data } = query
  const traffic = useMemo((): TrafficOfFlow | null => {
    if (period === null || !data) return null
    const ways = new Map(data.ways.map(({ from, to, times }) => [`${from} ${to}`, times]))
    const steps = new Map(data.steps.map((one) => [one.node, one]))
    return {
      went: (from, to) => ways.get(`${from} ${to}`) ?? 0,
      came: (id) => steps.get(id)?.came ?? 0,
      stopped: (id) => steps.get(id)?.stopped ?? 0,
    }
  }, [period, data])
  return { traffic, data: period === null ? undefined : data, error: period === null ? null : query.error }
}
