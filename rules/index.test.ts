// The registry as a whole: ids are unique, controls are active, and a rule stays out of what it does not speak of.
import { expect, test } from 'vitest'
import { controlTitle } from '@/governance/frameworks/control-title'
import { rules } from './index'
import { credential, identity, scope, secret } from './specimens'

test('ids are unique and written noun-defect', () => {
  const ids = rules.map(({ meta }) => meta.id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^(identity|credential|secret|scope)-[a-z]+(-[a-z]+)*$/)
})

test.each(rules.map(({ meta }) => meta))('$id speaks to active controls only', ({ controls }) => {
  expect(controls.length).toBeGreaterThan(0)
  expect(controls.filter((control) => controlTitle(control) === undefined)).toEqual([])
})

test('a rule about another kind of subject does not apply', () => {
  for (const { meta, judge } of rules)
    for (const other of [identity(), credential(), secret(), scope()])
      if (other.kind !== meta.subject)
        expect(judge(other, {}, '2026-09-30T00:00:00Z')).toEqual({ state: 'not-applicable' })
})

test('parameters are checked', () => {
  const rule = rules.find(({ meta }) => meta.id === 'credential-long-lived')
  expect(() => rule?.judge(credential(), { ageDaysMax: -1 }, '2026-09-30T00:00:00Z')).toThrow(/ageDaysMax/)
})
