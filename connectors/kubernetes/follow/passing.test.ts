// What a watch saw end, of rules: each is a row by itself, told with its end.
import { expect, test } from 'vitest'
import { Observation } from '@/core/observation'
import { MADE_UP } from '../fixtures/made-up'
import { shapeOf } from '../object-store'
import { LIST } from '../permissions'
import { passed, streamOf, type Around } from './passing'
import type { KeptObject } from './watch'

const at = '2026-11-22T08:00:00.000Z'
const around: Around = {
  cluster: { uid: 'cluster-1', addresses: [], trustDomains: ['prod.example'], isInMesh: true },
  accounts: new Map(),
}
const kept = (permission: string, item: object) => shapeOf(permission).parse(item) as KeptObject

test.each(MADE_UP)('$permission: what no look has met is told with its end', ({ permission, items }) => {
  for (const item of items) {
    const object = kept(permission, item)
    const [row, end, ...more] = passed(permission, { object, at, met: false }, around)
    expect(Observation.safeParse(row).success).toBe(true)
    expect(end).toEqual({ kind: 'ended', of: 'entitlement', nativeId: object.metadata.uid, at })
    expect(more).toEqual([])
    expect(passed(permission, { object, at, met: true }, around)).toEqual([end])
  }
  expect(streamOf(permission)).toMatch(/^(admission|mesh-policies)$/)
})
test('a namespace ends with its level and its labels', () => {
  const object = kept(LIST.namespaces, { metadata: { uid: 'n-1', name: 'batch-17' } })
  expect(passed(LIST.namespaces, { object, at, met: true }, around)).toEqual([
    { kind: 'ended', of: 'entitlement', nativeId: 'n-1', at },
    { kind: 'ended', of: 'entitlement', nativeId: 'n-1/labels', at },
  ])
})
test('a policy that selects pods leaves open which those were', () => {
  const item = MADE_UP.find(({ permission }) => permission === LIST.authorizationPolicies)!.items[0]!
  const object = kept(LIST.authorizationPolicies, item)
  const [row] = passed(LIST.authorizationPolicies, { object, at, met: false }, around)
  expect(row).toMatchObject({ name: 'payments/ledger-callers', joiningUnseen: true })
})
test('an old token that came and went was not therefore never used', () => {
  const item = {
    metadata: {
      uid: 't-1',
      name: 'old',
      namespace: 'shop',
      creationTimestamp: at,
      annotations: { 'kubernetes.io/service-account.uid': 'sa-1' },
    },
  }
  const object = kept(LIST.secrets, item)
  const end = { kind: 'ended', of: 'credential', nativeId: 't-1', at }
  expect(passed(LIST.secrets, { object, at, met: false }, around)).toEqual([
    expect.objectContaining({
      kind: 'credential',
      lastUsedAt: expect.objectContaining({ state: 'unknown', why: 'not-collected' }),
    }),
    end,
  ])
  expect(passed(LIST.secrets, { object, at, met: true }, around)).toEqual([end])
})
