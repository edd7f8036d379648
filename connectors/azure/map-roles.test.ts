// How roles of Azure are told: where they hold, under which condition, and through whom.
import { describe, expect, test } from 'vitest'
import {
  assignmentGrant,
  definition,
  denial,
  eligibleGrant,
  heldRole,
  heldRoleId,
  memberGrant,
  placeOf,
} from './map-roles'
import { DenyAssignment, Eligible, RoleAssignment, RoleDefinition } from './shapes-arm'

const SUB = '/subscriptions/11111111-1111-4111-8111-111111111111'
const ROLE = 'B24988AC-6180-42A0-AB88-20F7382DD24C'
const assignment = (more: object = {}) =>
  RoleAssignment.parse({
    id: `${SUB}/providers/Microsoft.Authorization/roleAssignments/A1`,
    properties: {
      principalId: 'B1',
      principalType: 'ServicePrincipal',
      roleDefinitionId: `${SUB}/providers/Microsoft.Authorization/roleDefinitions/${ROLE}`,
      scope: `${SUB}/resourceGroups/RG`,
      ...more,
    },
  })

describe('a scope in words', () => {
  test.each([
    ['/', 'the tenant'],
    ['/providers/microsoft.management/managementgroups/mg', 'management group mg'],
    ['/subscriptions/s', 'subscription s'],
    ['/subscriptions/s/resourcegroups/g', 'resource group g of subscription s'],
    [
      '/subscriptions/s/resourcegroups/g/providers/microsoft.storage/storageaccounts/x',
      'storageaccounts/x in subscription s',
    ],
  ])('%s', (scope, words) => expect(placeOf(scope)).toBe(words))
})

describe('a role that is held', () => {
  test('is the same whatever case ids are written in', () => {
    const upper = assignment({ scope: `${SUB.toUpperCase()}/RESOURCEGROUPS/rg/` })
    expect(heldRoleId(upper.properties, false)).toBe(heldRoleId(assignment().properties, false))
  })
  test('says role, scope and condition, and repeats no permissions', () => {
    const condition = "((!(ActionMatches{'x'})))"
    const { properties } = assignment({ condition, conditionVersion: '2.0' })
    expect(heldRole(properties, false)).toMatchObject({
      type: 'azure.assigned-role',
      name: 'Contributor at resource group rg of subscription 11111111-1111-4111-8111-111111111111 under a condition',
      document: {
        value: {
          kind: 'assigned',
          role: ROLE.toLowerCase(),
          scope: `${SUB}/resourcegroups/rg`,
          condition,
          conditionVersion: '2.0',
        },
      },
    })
    expect(heldRoleId(properties, false)).not.toBe(heldRoleId(assignment().properties, false))
  })
  test('under another condition, or eligible, is another one', () => {
    const ids = [
      heldRoleId(assignment({ condition: 'a', conditionVersion: '2.0' }).properties, false),
      heldRoleId(assignment({ condition: 'b', conditionVersion: '2.0' }).properties, false),
      heldRoleId(assignment({ condition: 'a', conditionVersion: '1.0' }).properties, false),
      heldRoleId(assignment().properties, true),
    ]
    expect(new Set(ids).size).toBe(4)
  })
  test('is granted to the principal, or to each member of the group', () => {
    const one = assignment()
    expect(assignmentGrant(one)).toMatchObject({ identity: 'b1', via: 'attached', nativeId: one.id })
    expect(memberGrant(one, 'm1')).toMatchObject({
      identity: 'm1',
      via: 'group',
      nativeId: `${one.id}/member/m1`,
    })
    expect(memberGrant(one, 'm1').entitlement).toBe(assignmentGrant(one).entitlement)
  })
  test('for a time says until when', () => {
    const eligible = (endDateTime: string | null) =>
      eligibleGrant(
        Eligible.parse({
          ...assignment(),
          properties: { ...assignment().properties, roleDefinitionId: '/x/r', endDateTime },
        }),
      )
    expect(eligible('2027-01-01T00:00:00Z').viaName).toMatch(/until 2027-01-01T00:00:00.000Z$/)
    expect(eligible(null).viaName).toMatch(/without end$/)
  })
})

test('a definition goes by its guid, wherever it was listed', () => {
  const of = (prefix: string, type: string) =>
    definition(
      RoleDefinition.parse({
        id: `${prefix}/providers/Microsoft.Authorization/roleDefinitions/${ROLE}`,
        properties: {
          roleName: 'Contributor',
          type,
          permissions: [{ actions: ['*'], notActions: ['Microsoft.Authorization/*/write'], dataActions: [] }],
          assignableScopes: ['/'],
        },
      }),
    )
  expect(of(SUB, 'BuiltInRole').nativeId).toBe(of('', 'BuiltInRole').nativeId)
  expect(of('', 'BuiltInRole')).toMatchObject({
    managedBy: 'provider',
    document: {
      value: { permissions: [{ actions: ['*'], notActions: ['Microsoft.Authorization/*/write'] }] },
    },
  })
  expect(of('', 'CustomRole').managedBy).toBe('customer')
})

test('a name that is longer than can be kept breaks nothing', () => {
  const of = (roleName: string) =>
    definition(
      RoleDefinition.parse({
        id: `/providers/Microsoft.Authorization/roleDefinitions/${ROLE}`,
        properties: { roleName, type: 'CustomRole', permissions: [] },
      }),
    ).name
  expect(of('é'.repeat(500))).toBe('é'.repeat(500))
  expect(of('é'.repeat(512))).toBe(`role ${ROLE.toLowerCase()}`)
})

test('a denial gives nothing, and says whom it is about', () => {
  const one = DenyAssignment.parse({
    id: `${SUB}/providers/Microsoft.Authorization/denyAssignments/D`,
    properties: {
      denyAssignmentName: 'Locked',
      scope: SUB,
      permissions: [{ actions: ['*'], notActions: ['*/read'] }],
      principals: [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }],
      excludePrincipals: [{ id: 'E1' }, { id: 'E2', type: 'Group' }],
    },
  })
  expect(denial(one)).toMatchObject({
    gives: 'nothing',
    managedBy: 'customer',
    document: {
      value: {
        principals: ['*'],
        excludePrincipals: ['e1', 'e2'],
        // What is not told is not among them.
        principalTypes: { e2: 'group' },
        doNotApplyToChildScopes: false,
      },
    },
  })
})
test('an assignment with a date in no known form loses the date alone', () => {
  expect(assignment({ createdOn: 'yesterday' }).properties.createdOn).toBeUndefined()
  expect(assignment({ createdOn: '2025-02-03T04:05:06.7Z' }).properties.createdOn).toBe(
    '2025-02-03T04:05:06.700Z',
  )
})
