// Which subscription lies in which management group, by which of two ways a key vault decides, and where identities lie.
import { expect, test } from 'vitest'
import type { ArmAnswer, ArmRequest } from '@/tests/contract/azure/arm-answers'
import { PAYMENTS, PLATFORM } from '@/tests/contract/azure/arm-tenant'
import { azureServer, settingsOf } from '@/tests/contract/azure/azure-server'
import { TENANT } from '@/tests/contract/azure/graph-tenant'
import { DESCENDANTS } from './arm-calls'
import { eventsOf, rowsOf, whyPartial } from './fixtures/world'

const STREAM = 'management-groups'
const GROUPS = '/providers/microsoft.management/managementgroups/'
async function look(disturb: (request: ArmRequest) => ArmAnswer | undefined = () => undefined) {
  const server = await azureServer({ arm: { disturb } })
  const client = server.open(settingsOf())
  const events = await eventsOf(client)
  await client.close?.()
  await server.close()
  return events
}
const below =
  (answer: ArmAnswer) =>
  ({ url }: ArmRequest) =>
    url.pathname.endsWith('/descendants') ? answer : undefined
const documents = (events: Awaited<ReturnType<typeof look>>, stream: string, type: string) =>
  rowsOf(events, 'entitlement', stream)
    .filter((one) => one.type === type)
    .map(({ document }) => document.state === 'known' && document.value)
const calm = await look()

test('every group tells what lies in it, by the ids of Azure', () => {
  expect(documents(calm, STREAM, 'azure.management-groups')).toEqual([
    {
      parents: {
        [`${GROUPS}mg-shop`]: `${GROUPS}${TENANT}`,
        [`/subscriptions/${PLATFORM}`]: `${GROUPS}${TENANT}`,
      },
    },
    { parents: { [`/subscriptions/${PAYMENTS}`]: `${GROUPS}mg-shop` } },
  ])
  expect(rowsOf(calm, 'entitlement', STREAM).map(({ gives }) => gives)).toEqual(['nothing', 'nothing'])
  expect(whyPartial(calm, STREAM)).toEqual({})
})
test('where they may not be asked nothing is told, and nothing that was told is gone', async () => {
  const events = await look(below({ status: 403, body: { error: { code: 'AuthorizationFailed' } } }))
  expect(documents(events, STREAM, 'azure.management-groups')).toEqual([])
  // Rows of it are taken to be held here.
  expect(whyPartial(events, STREAM)).toEqual({ entitlement: `denied ${DESCENDANTS}` })
})
test('one of which the group is not told is left out, and the look is none of the whole', async () => {
  const value = [
    { name: PAYMENTS, type: '/subscriptions', properties: { parent: { id: '/elsewhere/x' } } },
    {
      name: PLATFORM,
      type: '/subscriptions',
      properties: { parent: { id: `/providers/Microsoft.Management/managementGroups/${TENANT}` } },
    },
  ]
  const events = await look(below({ status: 200, body: { value } }))
  expect(documents(events, STREAM, 'azure.management-groups')).toEqual([
    { parents: { [`/subscriptions/${PLATFORM}`]: `${GROUPS}${TENANT}` } },
  ])
  expect(whyPartial(events, STREAM)).toEqual({ entitlement: `malformed ${DESCENDANTS}` })
})

test('every vault tells by which way it decides, whether it has policies or not', () => {
  const told = documents(calm, 'key-vault-policies', 'azure.key-vault')
  expect(told).toEqual([
    {
      id: expect.stringMatching(/\/providers\/microsoft\.keyvault\/vaults\/kv-shop-old$/) as string,
      host: 'kv-shop-old.vault.azure.net',
      rbac: false,
    },
    {
      id: expect.stringMatching(/\/providers\/microsoft\.keyvault\/vaults\/kv-shop-pay$/) as string,
      host: 'kv-shop-pay.vault.azure.net',
      rbac: true,
    },
  ])
})

test('a user-assigned identity is known by its id of Azure, one of a resource is not', () => {
  const managed = rowsOf(calm, 'identity').filter(({ type }) => type === 'azure.managed-identity')
  const [users, system] = ['by users', 'by the system, with its resource'].map((assigned) =>
    managed.filter(({ tags }) => tags.state === 'known' && tags.value['assigned'] === assigned),
  )
  expect(users?.length).toBeGreaterThan(0)
  for (const { aliases } of users ?? [])
    expect(aliases.filter((one) => one.includes('/userassignedidentities/'))).toHaveLength(1)
  expect(system?.length).toBeGreaterThan(0)
  for (const { aliases } of system ?? []) expect(aliases.filter((one) => one.startsWith('/'))).toEqual([])
})
