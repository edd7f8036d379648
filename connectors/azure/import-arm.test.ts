// Files of the Azure CLI: what is understood, what is refused by name, and that a file never says that anything is gone.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import azure from './collect'
import { eventsOf, rowsOf, whyPartial } from './fixtures/world'
import { ASSIGNMENTS_FILE, IDENTITIES_FILE, IMPORTS } from './imports'

const folder = mkdtempSync(join(tmpdir(), 'azure-import-'))
const TENANT = '5f0e6c1a-2b3c-4d5e-8f90-a1b2c3d4e5f6'
const SUBSCRIPTION = '11111111-1111-4111-8111-111111111111'
const PRINCIPAL = 'b1000000-0000-4000-8000-000000000040'

let files = 0
const file = (content: unknown): string => {
  const path = join(folder, `${++files}.json`)
  writeFileSync(
    path,
    typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content),
  )
  return path
}
/** As the CLI prints one. */
const assignment = (n: number, more: object = {}) => ({
  condition: null,
  conditionVersion: null,
  createdBy: null,
  createdOn: '2024-05-06T07:08:09.101112+00:00',
  description: null,
  id: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleAssignments/f1000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  name: 'f1',
  principalId: PRINCIPAL,
  principalName: '9c2f',
  principalType: 'ServicePrincipal',
  roleDefinitionId: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c`,
  roleDefinitionName: 'Contributor',
  scope: `/subscriptions/${SUBSCRIPTION}`,
  type: 'Microsoft.Authorization/roleAssignments',
  ...more,
})
const identity = (name: string, principalId: string, more: object = {}) => ({
  clientId: 'C1000000-0000-4000-8000-000000000040',
  id: `/subscriptions/${SUBSCRIPTION}/resourcegroups/rg-pay/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`,
  location: 'westeurope',
  name,
  principalId,
  resourceGroup: 'rg-pay',
  tags: { team: 'payments' },
  tenantId: TENANT,
  type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
  ...more,
})
const opened = (format: string, content: unknown) => azure.openFile(format, file(content))
const assignments = (...roleAssignments: object[]) => ({ tenantId: TENANT.toUpperCase(), roleAssignments })

describe('role assignments', () => {
  test('give the same grants as a live look, and more than one page of them', async () => {
    const many = Array.from({ length: 450 }, (_, n) => assignment(n))
    const { transport, report } = await opened(ASSIGNMENTS_FILE, assignments(...many))
    const events = await eventsOf(transport)
    const grants = rowsOf(events, 'grant')
    expect(grants).toHaveLength(450)
    expect(grants[0]).toMatchObject({
      identity: PRINCIPAL,
      entitlement: `b24988ac-6180-42a0-ab88-20f7382dd24c@/subscriptions/${SUBSCRIPTION}`,
    })
    expect(rowsOf(events, 'entitlement')).toHaveLength(1)
    expect(report().understood).toEqual([{ what: 'role assignments', count: 450 }])
    expect(report()).toMatchObject({ ignored: [], dropped: [] })
  })
  test('leave people out, and never say that the rest is gone', async () => {
    const { transport } = await opened(
      ASSIGNMENTS_FILE,
      assignments(assignment(1, { principalType: 'User' })),
    )
    const events = await eventsOf(transport)
    expect(rowsOf(events, 'grant')).toEqual([])
    const states = events.flatMap((event) =>
      event.type === 'coverage' ? Object.values(event.kinds).map((one) => one) : [],
    )
    expect(states.filter(({ state }) => state === 'complete')).toEqual([])
    expect(new Set(states.map((one) => one.state === 'partial' && one.why))).toEqual(new Set(['not-offered']))
  })
  test('belong to the tenant the file names', async () => {
    const { transport } = await opened(ASSIGNMENTS_FILE, assignments(assignment(1)))
    const [scope] = (await eventsOf(transport)).flatMap((event) =>
      event.type === 'scope' ? [event.scope] : [],
    )
    expect(scope).toMatchObject({ nativeId: TENANT, authorities: [`entra:${TENANT}`, `azure:${TENANT}`] })
  })
})

describe('identities', () => {
  test('come by their object ids, with names that others know them by', async () => {
    const { transport } = await opened(IDENTITIES_FILE, {
      tenantId: TENANT,
      identities: [identity('id-pay', PRINCIPAL)],
    })
    const events = await eventsOf(transport)
    expect(rowsOf(events, 'identity')).toMatchObject([
      {
        nativeId: PRINCIPAL,
        type: 'azure.managed-identity',
        class: 'machine',
        neverHasCredentials: true,
        keys: [
          { type: 'azure.object-id', value: PRINCIPAL },
          { type: 'azure.client-id', value: 'c1000000-0000-4000-8000-000000000040' },
          { type: 'azure.resource-id', value: identity('id-pay', '').id.toLowerCase() },
        ],
      },
    ])
    expect(rowsOf(events, 'owner-hint')).toMatchObject([
      { identity: PRINCIPAL, names: 'team', value: 'payments' },
    ])
    expect(whyPartial(events, 'applications')).toMatchObject({
      identity: expect.stringContaining('not-offered'),
    })
    expect(whyPartial(events, 'managed-identities')).toMatchObject({
      trust: expect.stringContaining('not-offered'),
    })
  })
})

describe('a file is refused', () => {
  const bad: [string, unknown, string][] = [
    [
      'for an element that lacks a field',
      assignments(assignment(1), assignment(2, { principalId: undefined })),
      '$.roleAssignments[1].properties.principalId',
    ],
    [
      'for an element that comes twice',
      assignments(assignment(1), assignment(1)),
      '$.roleAssignments[1]: has the same id as $.roleAssignments[0]',
    ],
    ['without the tenant', { roleAssignments: [assignment(1)] }, '$.tenantId'],
    ['as the bare list of the CLI', [assignment(1)], 'bare list'],
    ['as a web page', '<!DOCTYPE html><html>', 'web page'],
    ['as a table', 'Principal  Role  Scope', 'not JSON'],
    ['that ends in the middle', JSON.stringify(assignments(assignment(1))).slice(0, 200), 'cut short'],
    ['that is empty', '', 'empty'],
    ['with a broken line', `{"tenantId": "${TENANT}",\n"roleAssignments": [oops]}`, 'line 2'],
  ]
  test.each(bad)('%s', async (_, content, expected) => {
    await expect(opened(ASSIGNMENTS_FILE, content)).rejects.toThrow(expected)
  })
  test('in a format there is not', async () => {
    await expect(azure.openFile('azure-dreams', file({}))).rejects.toMatchObject({ code: 'not-found' })
  })
})

test('what holds a secret is counted, and comes out nowhere', async () => {
  const planted = 'ghp_plantedplantedplanted0000'
  const content = assignments(assignment(1, { description: planted, secretText: planted }))
  const { transport, report } = await opened(ASSIGNMENTS_FILE, content)
  expect(JSON.stringify(await eventsOf(transport))).not.toContain(planted)
  expect(JSON.stringify(report())).not.toContain(planted)
  expect(report().dropped).toEqual([
    { path: '$.roleAssignments[].description', count: 1 },
    { path: '$.roleAssignments[].secretText', count: 1 },
  ])
})
test('a file that PowerShell wrote is read', async () => {
  const text = Buffer.from(`\ufeff${JSON.stringify(assignments(assignment(1)))}`, 'utf16le')
  const { transport } = await opened(ASSIGNMENTS_FILE, text)
  expect(rowsOf(await eventsOf(transport), 'grant')).toHaveLength(1)
})
test('each command writes what is imported', () => {
  for (const { command, endings } of IMPORTS) {
    expect(command).toContain('"tenantId"')
    expect(endings.some((ending) => command.endsWith(ending))).toBe(true)
  }
})
