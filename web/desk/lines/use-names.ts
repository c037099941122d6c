import { useQuery } from '@tanstack/react-query'
import { useWords } from '../app/words.ts'
import { catalogueQuery } from '../data/catalogue.ts'

/** What offerings are called now, by code; an unknown code names itself. */
export function useNames(): (code: string) => string {
  const { locale } = useWords()
  const offerings = useQuery({ ...catalogueQuery, staleTime: 5 * 60_000 }).data?.offerings
  return (code) => offerings?.find(({ terms }) => terms.code === code)?.terms.title[locale] ?? code
}
