import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'

const FOLDER = path.join(import.meta.dirname, '../fixtures/openapi/tmf')
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

export const OFFICIAL = {
  productCatalogManagement: 'TMF620-ProductCatalog-v4.1.0',
  troubleTicket: 'TMF621-TroubleTicket-v4.0.0',
  productOrderingManagement: 'TMF622-ProductOrder-v4.0.0',
  party: 'TMF632-Party-v4.0.0',
  productInventory: 'TMF637-ProductInventory-v4.0.0',
  prepayBalanceManagement: 'TMF654-PrepayBalance-v4.0.0',
  accountManagement: 'TMF666-Account-v4.0.0',
  payment: 'TMF676-Payment-v4.0.0',
  usageConsumptionReport: 'TMF677-UsageConsumption-v4.0.0',
  queryUsageConsumption: 'TMF677-UsageConsumption-v4.0.1',
  productOfferingQualification: 'TMF679-ProductOfferingQualification-v4.0.0',
  customerBillManagement: 'TMF678-CustomerBill-v4.0.0',
  partyInteraction: 'TMF683-PartyInteraction-v4.0.0',
} as const
export type OfficialApi = keyof typeof OFFICIAL

interface Definition {
  properties?: Record<string, unknown>
  additionalProperties?: boolean
}

/** Attributes that we add to TM Forum's, under a `@type` of our own with its `@baseType`. */
const OURS: Readonly<Record<string, readonly string[]>> = {
  'TMF654-PrepayBalance-v4.0.0#Bucket': ['initialValue'],
}

const ajv = new Ajv({
  strict: false,
  allErrors: true,
  formats: { 'date-time': INSTANT, uri: (text: string) => URL.canParse(text), float: true, int32: true },
})
const loaded = new Set<string>()
const compiled = new Map<string, ValidateFunction>()

/**
 * What is wrong with a body by TM Forum's own description; [] = nothing. Stricter than the description: an attribute that it does not
 * have is a mistake as well.
 */
export function wrongWith(api: OfficialApi, definition: string, body: unknown): string[] {
  const file = OFFICIAL[api]
  if (!loaded.has(file)) load(file)
  const key = `${file}#/definitions/${definition}`
  const validate = compiled.get(key) ?? ajv.compile({ $ref: key })
  compiled.set(key, validate)
  return validate(body)
    ? []
    : (validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
      )
}

function load(file: string): void {
  const document = JSON.parse(readFileSync(path.join(FOLDER, `${file}.swagger.json`), 'utf8')) as {
    definitions: Record<string, Definition>
  }
  for (const [name, definition] of Object.entries(document.definitions)) {
    if (!definition.properties) continue
    for (const ours of OURS[`${file}#${name}`] ?? []) definition.properties[ours] = {}
    definition.additionalProperties = false
  }
  ajv.addSchema({ $id: file, definitions: document.definitions })
  loaded.add(file)
}
