import type { z } from 'zod'
import { type Catalogue, type OfferingTerms, OptionCategory } from '../../../contracts/catalogue.ts'
import { type Call, hrefOf, wordsFor } from '../core/call.ts'
import type { Category } from './schema.ts'

const KINDS = ['tariff', 'option', 'content', 'discount', 'zone'] as const
const optionCategoryId = (category: string) => `option-${category}`

const refTo = (call: Call, id: string) => ({
  id,
  href: hrefOf(call, 'productCatalogManagement', 'category', id),
  name: id,
  '@referredType': 'Category',
})

/** The categories that an offering stands in: its kind, and what an option is for. */
export function categoriesOf(call: Call, terms: OfferingTerms) {
  const own = terms.kind === 'option' ? [optionCategoryId(terms.category)] : []
  return [terms.kind, ...own].map((id) => refTo(call, id))
}

export const rootCategories = (call: Call) => KINDS.map((kind) => refTo(call, kind))

/** All categories: kinds of offerings, and below options what they are for. */
export function mapCategories(call: Call, { offerings }: Catalogue): z.infer<typeof Category>[] {
  const described = (id: string, parentId: string | undefined, children: readonly string[]) => ({
    id,
    href: hrefOf(call, 'productCatalogManagement', 'category', id),
    '@type': 'Category',
    name: id,
    lifecycleStatus: 'Active',
    isRoot: parentId === undefined,
    ...(parentId !== undefined && { parentId }),
    subCategory: children.map((child) => refTo(call, child)),
    productOffering: offerings
      .filter(({ terms }) => categoriesOf(call, terms).some((one) => one.id === id))
      .map((one) => ({
        id: one.id,
        href: hrefOf(call, 'productCatalogManagement', 'productOffering', one.id),
        name: wordsFor(call, one.terms.title),
        '@referredType': 'ProductOffering',
      })),
  })
  const forWhat = OptionCategory.options.map(optionCategoryId)
  return [
    ...KINDS.map((kind) => described(kind, undefined, kind === 'option' ? forWhat : [])),
    ...forWhat.map((id) => described(id, 'option', [])),
  ]
}
