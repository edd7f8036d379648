// Access in Vault and OpenBao, compared with answers that were worked out by hand from their documentation and source.
import { describe, expect, test } from 'vitest'
import { vaultPlatform } from '@/evaluators/vault/platform'
import { CAN_CASES } from './vault-can-cases'
import { STEP_CASES } from './vault-step-cases'
import { PITFALL_CASES } from './vault-pitfall-cases'
import { TRUST_CASES } from './vault-trust-cases'
import { realmOf } from './vault-world'

describe('what a principal may do', () => {
  test.each(CAN_CASES)('$answer: $why', ({ realm, who, ask, answer, says }) => {
    const judged = vaultPlatform.within(realm).can(who, ask)
    expect(judged).toMatchObject({ answer })
    expect(judged.because.length).toBeGreaterThan(0)
    if (says) expect(judged.because.join('\n')).toMatch(says)
  })
})

describe('steps', () => {
  test.each(STEP_CASES)('$why', ({ realm, who, has = [], not = [], level }) => {
    const access = vaultPlatform.within(realm)
    const told = access
      .steps(who)
      .steps.map(({ by, to, answer }) => `${by} ${'id' in to ? to.id : to.kind} ${answer}`)
    expect(told).toEqual(expect.arrayContaining([...has]))
    for (const begin of not) expect(told.filter((one) => one.startsWith(begin))).toEqual([])
    if (level) expect(access.privileges(who)).toMatchObject({ certain: level[0], possible: level[1] })
  })
  test('every definition has a title, a source and an id of its own, and no step is by another', () => {
    const ids = vaultPlatform.escalations.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { title, source, gives } of vaultPlatform.escalations)
      expect(title && source && gives).toBeTruthy()
    for (const { realm, who } of STEP_CASES)
      for (const { by } of vaultPlatform.within(realm).steps(who).steps) expect(ids).toContain(by)
  })
})

describe('who is let in', () => {
  test.each(TRUST_CASES)('$answer: $why', ({ realm, who, caller, answer, says }) => {
    const judged = vaultPlatform.within(realm).admits(who, caller)
    expect(judged).toMatchObject({ answer })
    expect(judged.because.length).toBeGreaterThan(0)
    if (says) expect(judged.because.join('\n')).toMatch(says)
  })
})

describe('what is weak about it', () => {
  test.each(PITFALL_CASES)('$why', ({ of, finds }) => {
    const told = vaultPlatform.within(realmOf([of])).pitfalls(of.id)
    expect(told.map(({ id, severity, answer }) => `${id} ${severity} ${answer}`)).toEqual(finds)
  })
})

test('no two cases are the same', () => {
  for (const cases of [CAN_CASES, STEP_CASES, TRUST_CASES]) {
    const texts = cases.map(({ why: _, ...rest }) => JSON.stringify(rest))
    expect(new Set(texts).size).toBe(texts.length)
  }
})
