// What is taken from events of the Activity Log, how they are kept, and what they say of a role that is held.
import { describe, expect, test } from 'vitest'
import { Deeds } from './activity-deeds'
import { ActivityLogs, windowOf } from './activity-log'
import { ACTIVITY, DESCENDANTS, OWN_PERMISSIONS, SUBSCRIPTIONS } from './arm-calls'
import { NOW, sessionOn } from './fixtures/world'
import { fitting, roleActions } from './role-actions'
import { ActivityEvent, type Deed } from './shapes-activity'
import { SIGN_IN } from './sign-in'
import { exercisedOf } from './use-of-roles'

const OID = 'http://schemas.microsoft.com/identity/claims/objectidentifier'
const SUB = '/subscriptions/s-1'
const START = 'microsoft.compute/virtualmachines/start/action'
const event = (more: Record<string, unknown> = {}) =>
  ActivityEvent.parse({
    authorization: {
      action: 'Microsoft.Compute/virtualMachines/start/action',
      scope: `${SUB}/resourceGroups/RG`,
    },
    claims: { [OID]: 'P-1', name: 'A Person', ipaddr: '203.0.113.7' },
    caller: 'a.person@acme.example',
    operationName: { value: 'Start machine' },
    status: { value: 'Succeeded' },
    subStatus: { value: '' },
    ...more,
  })

describe('an event', () => {
  test('gives who by the object id, the action, its scope and how it ended, and nothing else', () => {
    expect(event()).toEqual({
      principal: 'p-1',
      action: START,
      scope: `${SUB}/resourcegroups/rg`,
      outcome: 'used',
    })
  })
  test.each([
    ['nobody is named', { claims: { name: 'A Person' } }],
    ['there are no claims', { claims: null }],
    [
      'something was read',
      { authorization: { action: 'Microsoft.Compute/virtualMachines/read', scope: SUB } },
    ],
    ['it is of another category', { category: { value: 'Policy' } }],
    [
      'a policy says what it thinks of it',
      { operationName: { value: 'Microsoft.Authorization/policies/deny/action' } },
    ],
  ])('says nothing where %s', (_, more) => expect(event(more)).toBeUndefined())
  test.each([
    ['Started', '', 'begun'],
    ['Start', '', 'begun'],
    ['Accepted', 'Accepted', 'used'],
    ['Succeeded', 'Created', 'used'],
    ['Failed', 'Conflict', 'used'],
    ['Failed', '', 'used'],
    ['Failed', 'Forbidden', 'refused'],
    ['Failed', 'Forbidden (HTTP Status Code: 403)', 'refused'],
    ['Failed', 'AuthorizationFailed', 'refused'],
    ['Failed', 'LinkedAuthorizationFailed', 'refused'],
    ['Succeeded', 'Forbidden', 'used'],
    ['', '', 'used'],
  ])('that ended as %s %s is %s', (status, subStatus, outcome) => {
    expect(event({ status: { value: status }, subStatus: { value: subStatus } })).toMatchObject({ outcome })
  })
  test('without what was checked is told by its operation, and where is not known', () => {
    const operationName = { value: 'MICROSOFT.WEB/SITES/WRITE' }
    expect(event({ authorization: null, operationName })).toMatchObject({
      action: 'microsoft.web/sites/write',
      scope: '',
    })
  })
  test.each(['', 'a b/c/write', `x/${'y'.repeat(300)}/write`, 'x/ghp_plantedplantedplanted0000/write'])(
    'with the action %j is in no form known here',
    (action) => {
      const told = event({ authorization: { action, scope: SUB }, operationName: { value: null } })
      expect(told).toMatchObject({ principal: 'p-1', action: undefined })
    },
  )
})

const deed = (more: Partial<Deed> = {}): Deed => ({
  principal: 'p-1',
  action: START,
  scope: `${SUB}/resourcegroups/a`,
  outcome: 'used',
  ...more,
})
const deeds = (...all: Partial<Deed>[]): Deeds => {
  const kept = new Deeds()
  for (const one of all) kept.add(deed(one))
  return kept
}

describe('what was done', () => {
  test.each([
    [SUB, true],
    [`${SUB}/resourcegroups/a`, true],
    [`${SUB}/resourcegroups/a/providers/x`, false],
    [`${SUB}/resourcegroups/aa`, false],
    [`${SUB}/resourcegroups`, true],
  ])('counts at %s: %s', (scope, isWithin) => {
    expect(deeds({}).within('p-1', scope)).toEqual(isWithin ? [START] : [])
    expect(deeds({}).within('p-2', scope)).toEqual([])
  })
  test('at a scope that is not told may have been at any', () => {
    expect(deeds({ scope: '' }).within('p-1', `${SUB}/resourcegroups/b`)).toEqual([START])
  })
  test.each<[Deed['outcome'][], boolean]>([
    [['refused'], false],
    [['refused', 'begun'], false],
    [['begun', 'refused'], false],
    [['begun'], true],
    [['begun', 'refused', 'begun'], true],
    [['refused', 'begun', 'used'], true],
    [['used', 'refused', 'refused'], true],
  ])('%j is use: %s', (outcomes, isUse) => {
    const kept = deeds(...outcomes.map((outcome) => ({ outcome })))
    expect(kept.within('p-1', SUB)).toEqual(isUse ? [START] : [])
  })
  test('at more scopes than are told apart counts as done anywhere', () => {
    const many = deeds(...Array.from({ length: 201 }, (_, n) => ({ scope: `${SUB}/resourcegroups/${n}` })))
    expect(many.within('p-1', `${SUB}/resourcegroups/elsewhere`)).toEqual([START])
    const few = deeds(...Array.from({ length: 200 }, (_, n) => ({ scope: `${SUB}/resourcegroups/${n}` })))
    expect(few.within('p-1', `${SUB}/resourcegroups/elsewhere`)).toEqual([])
  })
})

describe('the days that are told', () => {
  test.each([
    ['2026-11-22T08:00:00Z', 30, '2026-10-23', '2026-11-22'],
    ['2026-11-22T00:59:59Z', 30, '2026-10-22', '2026-11-21'],
    ['2026-11-22T01:00:00Z', 1, '2026-11-21', '2026-11-22'],
    // Azure keeps 90 days.
    ['2026-11-22T00:30:00Z', 89, '2026-08-25', '2026-11-21'],
    ['2026-11-22T08:00:00Z', 89, '2026-08-25', '2026-11-22'],
  ])('at %s, %i back', (now, days, from, to) => {
    expect(windowOf(now, days)).toEqual({ from: `${from}T00:00:00.000Z`, to: `${to}T00:00:00.000Z` })
  })
})

describe('a role', () => {
  const role = (actions: string[], notActions: string[] = []) => roleActions([{ actions, notActions }])
  test.each([
    ['*', '', true],
    ['*', 'Microsoft.Compute/*', false],
    ['Microsoft.Compute/virtualMachines/*', '', true],
    ['microsoft.compute/*/ACTION', '', true],
    ['Microsoft.Compute/virtualMachines/start/action', '*/start/action', false],
    ['Microsoft.Compute/virtualMachines', '', false],
    ['Microsoft.Computer/*', '', false],
  ])('with %s less %s gives the start of a machine: %s', (given, taken, expected) => {
    expect(role([given], taken ? [taken] : []).gives(START)).toBe(expected)
  })
  test.each([
    ['*', ['*/action', '*/delete', '*/write']],
    ['*/*', ['*/action', '*/delete', '*/write']],
    ['Microsoft.Web/*', ['Microsoft.Web/*/action', 'Microsoft.Web/*/delete', 'Microsoft.Web/*/write']],
    [
      'Microsoft.Web/sites/*',
      [
        'Microsoft.Web/sites/*/action',
        'Microsoft.Web/sites/*/delete',
        'Microsoft.Web/sites/*/write',
        'Microsoft.Web/sites/delete',
        'Microsoft.Web/sites/write',
      ],
    ],
    ['Microsoft.Web/*/restart/Action', ['Microsoft.Web/*/restart/Action']],
    ['Microsoft.Web/sites/read', []],
    ['*/read', []],
    ['Microsoft.Web/sites/re*', []],
  ])('with %s changes %j', (given, expected) => expect(role([given]).changing).toEqual(expected))
  test('does not change what is taken away as a whole', () => {
    expect(role(['Microsoft.Web/*'], ['*/Delete', 'Microsoft.Web/sites/write']).changing).toEqual([
      'Microsoft.Web/*/action',
      'Microsoft.Web/*/write',
    ])
  })
  test.each([
    ['a*b*c', 'axbxc', true],
    ['a*b*c', 'abc', true],
    ['a*b*c', 'ac', false],
    ['a*bc*c', 'abc', false],
    ['*a*', 'a', true],
    ['aa*aa', 'aaa', false],
    ['A', 'a', true],
  ])('%s stands for %s: %s', (pattern, text, expected) => expect(fitting(pattern)(text)).toBe(expected))

  const window = { from: '2026-10-23T00:00:00.000Z', to: '2026-11-22T00:00:00.000Z' }
  const told = (kept: Deeds, given = role(['*'], ['*/delete']), createdOn?: string) =>
    exercisedOf({ window, deeds: kept }, given, { principal: 'p-1', scope: SUB, createdOn })
  test('is told with what of it was used, and what of it was looked for', () => {
    const kept = deeds({}, { action: 'microsoft.web/sites/delete' })
    expect(told(kept)).toMatchObject({
      value: { ...window, actions: [START], unseen: ['*/action', '*/write'] },
    })
  })
  test('names nothing as unseen that was seen', () => {
    const both = role(['Microsoft.Compute/virtualMachines/start/action', 'Microsoft.Web/sites/write'])
    expect(told(deeds({}), both)).toMatchObject({
      value: { actions: [START], unseen: ['Microsoft.Web/sites/write'] },
    })
  })
  test('is not told for longer than it is held', () => {
    expect(told(deeds(), undefined, '2026-11-20T12:00:00.000Z')).toMatchObject({
      value: { from: '2026-11-20T12:00:00.000Z', to: window.to },
    })
    expect(told(deeds(), undefined, '2026-11-22T07:00:00.000Z')).toMatchObject({ state: 'unknown' })
  })
  test('that only reads is unknown: no log tells of it', () => {
    expect(told(deeds(), role(['*/read']))).toMatchObject({ state: 'unknown', why: 'not-offered' })
  })
  test('of which more was used than is told one by one is a limit', () => {
    const many = Array.from({ length: 2001 }, (_, n) => ({ action: `microsoft.x/t${n}/write` }))
    expect(told(deeds(...many))).toMatchObject({ state: 'unknown', why: 'limited' })
  })
})

test('once subscriptions in a row are throttled no other is asked', async () => {
  const ids = ['a', 'b', 'c', 'd', 'e']
  const asked: string[] = []
  class Busy extends Error {}
  const answers: Record<string, unknown> = {
    [SIGN_IN]: {
      tenantId: 't',
      cloud: 'public',
      subscriptions: ids,
      keyVaultObjects: false,
      previewApis: false,
      activityDays: 30,
      limits: { vaultItemsMax: 1 },
    },
    [DESCENDANTS]: { value: [] },
    [SUBSCRIPTIONS]: { value: ids.map((subscriptionId) => ({ subscriptionId })) },
    [OWN_PERMISSIONS]: { value: [{ actions: ['*/read'], notActions: [] }] },
  }
  const session = sessionOn({
    async send(permission, params) {
      if (permission !== ACTIVITY) return answers[permission]
      asked.push(String(params['path']).split('/')[2] ?? '')
      throw new Busy()
    },
    explain: (error) =>
      error instanceof Busy ? { why: 'throttled', detail: 'busy', retryAfterMs: 900_000 } : undefined,
  })
  const logs = new ActivityLogs({ session, now: NOW })
  for (const id of ids) expect(await logs.of(id)).toMatchObject({ state: 'unknown', why: 'throttled' })
  expect(asked).toEqual(['a', 'b', 'c'])
})
