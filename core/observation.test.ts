// Observations are allow-lists: a field nobody asked for is refused, not carried along.
import { expect, test } from 'vitest'
import { absent, known } from './fact'
import { EXERCISED_MAX, KINDS, Observation } from './observation'

const secret = {
  kind: 'secret',
  nativeId: 'payments/db',
  type: 'sample.secret',
  name: 'db',
  createdAt: known('2026-01-01T00:00:00Z', 'list'),
  rotatedAt: absent('list'),
  lastReadAt: absent('list'),
  expiresAt: absent('list'),
  rotates: known(false, 'list'),
}

test('metadata passes unchanged', () => expect(Observation.parse(secret)).toEqual(secret))

test.each(['value', 'token', 'data', 'Secret'])('a field called %s is refused', (field) => {
  expect(Observation.safeParse({ ...secret, [field]: 'x' }).success).toBe(false)
})

test.each([
  ['nativeId', 'x', 2048],
  ['nativeId', 'é', 1024],
  ['name', 'x', 1024],
  ['name', '鍵', 341],
])('a %s of %s is refused from a length on, never cut', (field, character, most) => {
  const of = (length: number) => Observation.safeParse({ ...secret, [field]: character.repeat(length) })
  expect(of(most).data).toHaveProperty(field, character.repeat(most))
  expect(of(most + 1).success).toBe(false)
})

test.each(['nativeId', 'name'])('a %s with a NUL character, or of no length, is refused', (field) => {
  expect(Observation.safeParse({ ...secret, [field]: 'a\u0000b' }).success).toBe(false)
  expect(Observation.safeParse({ ...secret, [field]: '' }).success).toBe(false)
})

test.each(['secret', 'Sample.Secret', 'sample.', 'sample'])('%s is no type', (type) => {
  expect(Observation.safeParse({ ...secret, type }).success).toBe(false)
})

test('an owner hint is about an identity or a stored secret, one of them', () => {
  const hint = { kind: 'owner-hint', nativeId: 'h', names: 'team', value: 'shop', via: 'tag team' }
  const takes = (more: object) => Observation.safeParse({ ...hint, ...more }).success
  expect([{ identity: 'i' }, { secret: 's' }].map(takes)).toEqual([true, true])
  expect([{}, { identity: 'i', secret: 's' }].map(takes)).toEqual([false, false])
})

test('what was seen in use of a grant has a window that ends after it begins, and a bound', () => {
  const window = { from: '2026-06-01T00:00:00Z', to: '2026-08-30T00:00:00Z', actions: ['roles.list'] }
  const takes = (exercised: object) =>
    Observation.safeParse({
      kind: 'grant',
      nativeId: 'g',
      identity: 'i',
      entitlement: 'e',
      entitlementName: 'e',
      effect: 'allow',
      via: 'attached',
      exercised: known(exercised, 'insights.list'),
    }).success
  expect([window, { ...window, total: 37 }, { ...window, actions: [] }].map(takes)).toEqual([
    true,
    true,
    true,
  ])
  const many = Array.from({ length: EXERCISED_MAX + 1 }, (_, n) => `a.${n}`)
  const wrong = [
    { ...window, to: '2026-05-30T00:00:00Z' },
    { ...window, actions: many },
    { ...window, inferred: ['roles.delete'] },
    { actions: ['roles.list'] },
  ]
  expect(wrong.map(takes)).toEqual([false, false, false, false])
})

test('there are ten kinds', () => expect(new Set(KINDS).size).toBe(10))
