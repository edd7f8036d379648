// Frameworks as data: ids that exist and are active, rules that exist, and no text that is not free to quote.
import { describe, expect, test } from 'vitest'
import { rules } from '@/rules'
import { CSF1_WITHDRAWN } from './csf1-withdrawn'
import { CSF2 } from './csf2'
import { controlTitle } from './control-title'
import { FRAMEWORKS } from './frameworks'
import { controlsOf, MAPPINGS, rulesOf } from './rules-of-controls'
import { successorsOf } from './successors'

const ruleIds = new Set(rules.map(({ meta }) => meta.id))
const RULES_MIN = 3

test('every framework has its own id, and every control its own in it', () => {
  const ids = FRAMEWORKS.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { id, controls } of FRAMEWORKS) {
    expect(id).not.toContain(':')
    expect(controls.length).toBeGreaterThan(0)
    expect(new Set(controls.map((one) => one.id)).size).toBe(controls.length)
    for (const one of controls) expect(controlTitle(`${id}:${one.id}`)).toBe(one.title)
  }
})

test('only what is public domain is quoted', () => {
  const quoting = FRAMEWORKS.filter(({ controls }) => controls.some(({ text }) => text !== undefined))
  expect(quoting.map(({ id }) => id)).toEqual(['nist-800-53'])
  expect(FRAMEWORKS.filter(({ quotable }) => quotable).map(({ publisher }) => publisher)).toEqual(
    Array<string>(4).fill('NIST'),
  )
})

describe('mapping', () => {
  test('every framework that rules do not name themselves has one', () => {
    expect(new Set([...Object.keys(MAPPINGS), 'owasp-nhi', 'csf'])).toEqual(
      new Set(FRAMEWORKS.map(({ id }) => id)),
    )
  })
  test.each(Object.entries(MAPPINGS))(
    '%s names rules that exist and controls that are active',
    (id, mapping) => {
      expect(Object.keys(mapping).filter((rule) => !ruleIds.has(rule))).toEqual([])
      const controls = Object.values(mapping).flat()
      expect(controls.filter((one) => controlTitle(`${id}:${one}`) === undefined)).toEqual([])
      for (const of of Object.values(mapping)) expect(new Set(of).size).toBe(of.length)
    },
  )
  test.each([...ruleIds])('%s speaks to OWASP or CSF, and to controls of others', (id) => {
    const prefixes = new Set(controlsOf(id).map((control) => control.split(':')[0]))
    expect(prefixes.has('owasp-nhi') || prefixes.has('csf')).toBe(true)
    expect(prefixes.size).toBeGreaterThan(2)
  })
  test('every risk of OWASP has several rules', () => {
    const risks = FRAMEWORKS.find(({ id }) => id === 'owasp-nhi')?.controls ?? []
    const few = risks.filter(({ id }) => rulesOf(`owasp-nhi:${id}`).length < RULES_MIN)
    expect(few.map(({ id }) => id)).toEqual([])
  })
})

describe('ids of CSF 1.1', () => {
  test.each(['PR.AC-4', 'PR.AC-04', 'csf:PR.AC-4', ' pr.ac-4 '])(
    '%j is told what took its place',
    (typed) => {
      expect(successorsOf(typed)).toEqual({ withdrawn: 'PR.AC-04', now: ['PR.AA-05'] })
    },
  )
  test.each(['PR.AA-05', 'PR.AC-40', 'PR.AC', '', 'constructor', 'PR.AC-004'])('%j is none', (typed) => {
    expect(successorsOf(typed)).toBeUndefined()
  })
  test('none of them is an active id, and all lead to active ones', () => {
    const ids = Object.keys(CSF1_WITHDRAWN)
    expect(ids).toHaveLength(79)
    for (const id of ids) {
      expect(controlTitle(`csf:${id}`)).toBeUndefined()
      const { now = [] } = successorsOf(id) ?? {}
      expect(now.length).toBeGreaterThan(0)
      expect(now.filter((one) => !(one in CSF2))).toEqual([])
    }
  })
})
