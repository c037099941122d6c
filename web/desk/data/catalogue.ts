import { queryOptions } from '@tanstack/react-query'
import { catalogue } from '../../../contracts/catalogue.ts'
import { call } from './api.ts'

export const catalogueQuery = queryOptions({
  queryKey: ['catalogue'],
  queryFn: ({ signal }) => call(catalogue.getCatalogue, { signal }),
})

export const catalogueVersionsQuery = queryOptions({
  queryKey: ['catalogue-versions'],
  queryFn: ({ signal }) => call(catalogue.listCatalogueVersions, { signal }),
})
