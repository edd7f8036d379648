// Proposals for roles of Azure, by what the Activity Log tells: changes that were not seen go, and what no log tells of stays.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Held, Ruling } from '@/core/access'
import type { Exercised } from '@/evaluators/proposal'
import { held, judging, propose, realmOf } from './proposing'

const azure = judging('azure.tenant')
const SUB = '/subscriptions/5a3e1c00-0000-4000-8000-0000000000a1'
const WRITE = 'microsoft.compute/virtualmachines/write'
const START = 'microsoft.compute/virtualmachines/start/action'
const CHANGES = ['*/action', '*/delete', '*/write']

type Lists = { actions?: string[]; notActions?: string[]; dataActions?: string[]; condition?: string }
const role = (...permissions: Lists[]): Ruling => ({
  id: 'r-1',
  type: 'azure.role-definition',
  name: 'A role',
  aliases: [],
  language: 'azure-rbac',
  document: { kind: 'definition', permissions, assignableScopes: ['/'] },
})
const assignment = (scope = SUB, more: Partial<Held> = {}): Held =>
  held({ id: 'a', language: 'azure-rbac', document: { kind: 'assigned', role: 'r-1', scope }, ...more })
const told = (actions: string[], unseen: string[]): Exercised[] => [
  { id: 'a', via: 'attached', actions, unseen },
]
type Role = { Actions: string[]; NotActions: string[]; DataActions: string[]; AssignableScopes: string[] }

function proposed(given: Ruling, use: Exercised[], own: readonly Held[] = [assignment()]) {
  const realm = realmOf('azure.tenant', { type: 'azure.application', held: own }, { rulings: [given] })
  const { answer, rights } = propose(azure, realm, [], use)
  const uses = own[0] ? (rights(own[0])?.rights ?? []) : []
  return {
    answer,
    roles: answer.files.map(({ text }) => JSON.parse(text) as Role),
    uses: Object.fromEntries(uses.map(({ name, use: how }) => [name, how])),
  }
}

describe('a role that may do anything', () => {
  const NOT = ['Microsoft.Authorization/*/Write']
  const { answer, roles, uses } = proposed(
    role({ actions: ['*'], notActions: NOT }),
    told([START, WRITE], CHANGES),
  )
  const [{ Actions = [], ...rest } = {} as Partial<Role>] = roles
  test('keeps every read, what was used, and its exceptions', () => {
    expect(answer).toMatchObject({ made: true, asked: 2 })
    expect(Actions).toEqual(expect.arrayContaining(['*/read', START, WRITE]))
    expect(Actions.filter((one) => ['*', ...CHANGES].includes(one))).toEqual([])
    expect(rest).toMatchObject({ NotActions: NOT, AssignableScopes: [SUB] })
  })
  test('keeps what is checked with another call or by a service itself, and says so', () => {
    expect(Actions).toEqual(
      expect.arrayContaining([
        'Microsoft.Network/*/action',
        'Microsoft.ManagedIdentity/*/action',
        'Microsoft.ContainerRegistry/registries/push/write',
        'Microsoft.Storage/storageAccounts/blobServices/containers/write',
      ]),
    )
    expect(answer.notes.join(' ')).toMatch(/the Activity Log does not tell of it.*join\/action/)
  })
  test('shows what was seen beside what was not', () => {
    expect(uses).toMatchObject({
      '*': 'may-be',
      '*/read': 'may-be',
      '*/write': 'may-be',
      '*/delete': 'not-seen',
      [START]: 'seen',
      'Microsoft.ContainerRegistry/registries/artifacts/delete': 'may-be',
    })
  })
})

describe('a wildcard', () => {
  test('of a type becomes its reads and what was used of it', () => {
    const type = 'Microsoft.Compute/virtualMachines'
    const unseen = [
      ...['write', 'delete'].map((verb) => `${type}/${verb}`),
      ...['write', 'delete', 'action'].map((verb) => `${type}/*/${verb}`),
    ]
    const { roles } = proposed(role({ actions: [`${type}/*`] }), told([START], unseen))
    expect(roles[0]?.Actions).toEqual([`${type}/read`, `${type}/*/read`, START])
  })
  test('of which nothing is told stays as it is', () => {
    const actions = ['Microsoft.Sql/*', 'Microsoft.Compute/virtualMachines/re*', 'Microsoft.Web/sites/write']
    const { roles } = proposed(role({ actions }), told([], ['Microsoft.Web/sites/write']))
    expect(roles[0]?.Actions).toEqual(actions.slice(0, 2))
  })
  test('that crosses rights which no log tells of stays', () => {
    const { roles, uses } = proposed(
      role({ actions: ['*/register/action', 'Microsoft.Web/sites/write'] }),
      told([], ['*/register/action', 'Microsoft.Web/sites/write']),
    )
    expect(roles[0]?.Actions).toEqual(['*/register/action'])
    expect(uses).toEqual({ '*/register/action': 'may-be', 'Microsoft.Web/sites/write': 'not-seen' })
  })
})

describe('what is told of nowhere', () => {
  const LISTS = {
    actions: ['Microsoft.Storage/storageAccounts/read', 'Microsoft.Storage/storageAccounts/delete'],
    dataActions: ['Microsoft.Storage/*/blobs/write'],
  }
  test('stays: reads and data actions', () => {
    const { roles, uses } = proposed(role(LISTS), told([], ['Microsoft.Storage/storageAccounts/delete']))
    expect(roles[0]).toMatchObject({
      Actions: ['Microsoft.Storage/storageAccounts/read'],
      DataActions: LISTS.dataActions,
    })
    expect(uses).toEqual({
      'Microsoft.Storage/storageAccounts/read': 'may-be',
      'Microsoft.Storage/storageAccounts/delete': 'not-seen',
      'Microsoft.Storage/*/blobs/write': 'may-be',
    })
  })
  test('is never dropped, though it is told that it was not seen', () => {
    const push = 'Microsoft.ContainerRegistry/registries/push/write'
    const { answer, uses } = proposed(role({ actions: [push] }), told([], [push]))
    expect(uses).toEqual({ [push]: 'may-be' })
    expect(answer).toMatchObject({ made: false, why: expect.stringContaining('Nothing can be left out') })
  })
  test('another assignment stays, and is said to', () => {
    const other = held({
      id: 'b',
      name: 'Reader at the tenant',
      language: 'azure-rbac',
      document: { kind: 'assigned', role: 'r-1', scope: '/' },
    })
    const { answer } = proposed(
      role({ actions: ['Microsoft.Web/sites/write', 'Microsoft.Web/sites/delete'] }),
      told(['microsoft.web/sites/write'], ['Microsoft.Web/sites/delete']),
      [assignment(), other],
    )
    expect(answer).toMatchObject({ made: true, asked: 1 })
    expect(answer.notes).toContain('Reader at the tenant stays: nothing tells whether it is used.')
  })
})

test('where nothing of a role stays it goes', () => {
  const { answer } = proposed(
    role({ actions: ['Microsoft.Web/sites/delete'] }),
    told([], ['Microsoft.Web/sites/delete']),
  )
  expect(answer).toMatchObject({
    made: true,
    files: [],
    notes: expect.arrayContaining(['a is to be removed.']),
  })
})
test('what is held through a group is not said to be removed for all', () => {
  const via = 'group group g-1, role assignment at x'
  const { answer } = proposed(
    role({ actions: ['*'] }),
    [{ id: 'a', via, actions: [START], unseen: CHANGES }],
    [assignment(SUB, { via })],
  )
  expect(answer.made).toBe(true)
  expect(answer.notes[0]).toContain('what others in it use was not looked at')
})
test('each entry of a role keeps its own exceptions: a custom role has room for one', () => {
  const { answer, roles } = proposed(
    role({ actions: ['*'], notActions: ['Microsoft.Sql/*'] }, { actions: ['Microsoft.Sql/servers/read'] }),
    told([START], CHANGES),
  )
  expect(answer).toMatchObject({ made: true, asked: 1 })
  expect(roles.map(({ NotActions }) => NotActions)).toEqual([['Microsoft.Sql/*'], []])
})
test('a role that holds under a condition is not narrowed', () => {
  const { answer } = proposed(role({ actions: ['*'], condition: 'x' }), told([], CHANGES))
  expect(answer).toMatchObject({ made: false, why: expect.stringContaining('under a condition') })
})
test('a role for a single resource is made for its resource group, and held where it was', () => {
  const scope = `${SUB}/resourceGroups/rg-1/providers/Microsoft.Web/sites/shop`
  const { answer, roles } = proposed(
    role({ actions: ['Microsoft.Web/sites/*'] }),
    told(
      ['microsoft.web/sites/restart/action'],
      ['Microsoft.Web/sites/write', 'Microsoft.Web/sites/*/action'],
    ),
    [assignment(scope)],
  )
  expect(answer.made).toBe(true)
  expect(roles[0]?.AssignableScopes).toEqual([`${SUB}/resourceGroups/rg-1`])
})

const NAMES = [
  'Microsoft.Compute/virtualMachines/write',
  'Microsoft.Compute/virtualMachines/start/action',
  'Microsoft.Compute/virtualMachines/read',
  'Microsoft.Network/virtualNetworks/subnets/join/action',
  'Microsoft.Network/publicIPAddresses/delete',
  'Microsoft.Storage/storageAccounts/blobServices/containers/write',
  'Microsoft.Storage/storageAccounts/listKeys/action',
  'Microsoft.Databricks/workspaces/write',
]
const PATTERNS = [
  '*',
  '*/*',
  'Microsoft.Compute/*',
  'Microsoft.Compute/virtualMachines/*',
  'microsoft.network/*',
  'Microsoft.Network/*/join/action',
  '*/read',
  '*/action',
  'Microsoft.Storage/*/write',
  '*/start/action',
  'Microsoft.*',
]
const SILENT = new Set([NAMES[3], NAMES[5], NAMES[7]])

test('whatever is given and told, a proposal gives nothing that was not given, and drops only changes that a log tells of', () => {
  const fits = (patterns: readonly string[], action: string) =>
    patterns.some((one) =>
      new RegExp(`^${one.replaceAll('.', '\\.').replaceAll('*', '.*')}$`, 'i').test(action),
    )
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...NAMES, ...PATTERNS), { minLength: 1, maxLength: 4 }),
      fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 3 }),
      fc.uniqueArray(fc.constantFrom(...CHANGES, 'Microsoft.Compute/*/action', ...NAMES), { maxLength: 4 }),
      fc.uniqueArray(fc.constantFrom('Microsoft.Network/*', '*/delete'), { maxLength: 1 }),
      (actions, seen, unseen, notActions) => {
        const gives = (action: string) => fits(actions, action) && !fits(notActions, action)
        const used = seen
          .filter((one) => gives(one) && !one.endsWith('/read'))
          .map((one) => one.toLowerCase())
        const changes = unseen.filter((one) => !one.endsWith('/read'))
        const { answer, roles } = proposed(role({ actions, notActions }), told(used, changes))
        if (!answer.made) {
          expect(answer.why).toMatch(/Nothing can be left out/)
          return
        }
        const kept = (action: string) =>
          roles.some((one) => fits(one.Actions, action) && !fits(one.NotActions, action))
        for (const action of NAMES) {
          const isKept = kept(action)
          if (isKept) expect([action, gives(action)]).toEqual([action, true])
          const mayGo =
            !SILENT.has(action) &&
            !action.endsWith('/read') &&
            !used.includes(action.toLowerCase()) &&
            fits([...changes, ...used], action)
          if (gives(action) && !mayGo) expect([action, isKept]).toEqual([action, true])
          // A pattern may stay for something else that it covers; what is named itself has no other reason to.
          if (mayGo && !actions.some((one) => one.includes('*')))
            expect([action, isKept]).toEqual([action, false])
        }
      },
    ),
    { numRuns: 300 },
  )
}, 60_000)
