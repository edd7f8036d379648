// What the connector is, as data: pages, setup documents and the README are made from it. Loads nothing that speaks to Azure.
import { defineManifest } from '@/core/connector'
import type { Joins, KeyType, Nameable } from '@/core/join'
import { PERMISSIONS } from './calls'
import { entraGaps, entraJoins, entraStreamTexts, entraTypes } from './entra/manifest'
import { IMPORTS } from './imports'
import { ofType } from './of-type'
import { AzureSettings } from './settings'
import { setup } from './setup'
import { armGaps, armJoins, armStreamTexts, armTypes } from './stream-texts'

type Named = { type: KeyType; kind: Nameable }
const eachOnce = (all: readonly Named[]): Named[] => [
  ...new Map(all.map((one) => [`${one.type} ${one.kind}`, one])).values(),
]
const joins: Joins = {
  offers: eachOnce([...entraJoins.offers, ...armJoins.offers]),
  expects: eachOnce([...entraJoins.expects, ...armJoins.expects]),
}

export const azureManifest = defineManifest<AzureSettings>({
  id: 'azure',
  title: 'Azure / Entra',
  summary:
    'Applications, service principals and managed identities of a Microsoft Entra tenant: credentials, owners, roles, federation, and what runs as them in Azure.',
  settings: AzureSettings,
  permissions: PERMISSIONS,
  streams: { ...entraStreamTexts, ...armStreamTexts },
  types: { ...armTypes, ...entraTypes },
  ofType,
  imports: IMPORTS,
  joins,
  gaps: [...entraGaps, ...armGaps],
  intervalMinutes: 180,
  setup,
})
