// The evaluator against clusters that were worked out by hand.
import { describe, expect, test } from 'vitest'
import { kubernetes } from '@/evaluators/kubernetes'
import { CAN_CASES } from './kubernetes-can-cases'
import { ENTRY_CAN, ENTRY_STEPS } from './kubernetes-entry-cases'
import { HOLDER_CASES } from './kubernetes-holder-cases'
import { AGENT, NODE_CASES, RUNNER_CASES } from './kubernetes-node-cases'
import { POD_CASES } from './kubernetes-pod-cases'
import { BOT } from './kubernetes-cases'
import { realmOf } from './kubernetes-realm'
import { STEP_CASES } from './kubernetes-step-cases'

const MAY = [...CAN_CASES, ...HOLDER_CASES, ...ENTRY_CAN]
const LEADS = [...STEP_CASES, ...POD_CASES, ...ENTRY_STEPS, ...NODE_CASES]

describe('what may be done', () => {
  test.each(MAY)('$answer: $because', ({ world, who = BOT, ask, groups, answer, says }) => {
    const [action, resource, place] = ask
    const told = kubernetes.within(realmOf(world)).can(who, {
      action,
      resource,
      ...(place !== undefined && { place }),
      ...(groups && { context: { groups } }),
    })
    expect(told).toMatchObject({ answer })
    expect([...told.because, ...(told.missing ?? [])].join('\n')).toMatch(says ?? /./)
    expect(told.missing === undefined).toBe(answer !== 'depends')
  })
})

describe('what it leads to', () => {
  test.each(LEADS)('$because', ({ world, who = BOT, steps, not = [], level }) => {
    const access = kubernetes.within(realmOf(world))
    const found = access.steps(who)
    expect(found.more).toBe(false)
    const told = found.steps.map(({ answer, by, to }) => `${answer} ${by} ${'id' in to ? to.id : to.kind}`)
    const named = new Set(steps.map((one) => one.split(' ')[1]))
    expect(told.filter((one) => named.has(one.split(' ')[1])).sort()).toEqual([...steps].sort())
    const others = found.steps.map(({ by }) => by)
    for (const id of not) expect(others).not.toContain(id)
    if (!steps.length && !not.length) expect(told).toEqual([])
    for (const { because, answer, missing } of found.steps) {
      expect(because.length).toBeGreaterThan(0)
      expect(missing === undefined).toBe(answer === 'yes')
    }
    if (!level) return
    const [certain, possible = certain] = level
    expect(access.privileges(who)).toMatchObject({ certain, possible })
  })
})

describe('what whoever controls a workload comes to', () => {
  test.each(RUNNER_CASES)('$because', ({ world, steps }) => {
    const found = kubernetes.within(realmOf(world)).runnerSteps?.(AGENT) ?? []
    const told = found.map(({ answer, by, to }) => `${answer} ${by} ${'id' in to ? to.id : to.kind}`)
    expect(told.sort()).toEqual([...steps].sort())
    for (const { answer, missing } of found) expect(missing === undefined).toBe(answer === 'yes')
  })
})

test('no two cases are the same', () => {
  const texts = [...MAY, ...LEADS, ...RUNNER_CASES].map(({ because }) => because)
  expect(new Set(texts).size).toBe(texts.length)
})

test('every definition that leads anywhere has a case', () => {
  const told = new Set(
    LEADS.flatMap(({ steps, not = [] }) => [...steps.map((one) => one.split(' ')[1]), ...not]),
  )
  const without = kubernetes.escalations.map(({ id }) => id).filter((id) => !told.has(id))
  expect(without).toEqual([
    'K04-existing-namespace',
    'K06-limited',
    'K07-limited',
    'K10-existing',
    'K13-attach',
    'K17-policies',
    'K21-evict',
    'K22',
    'K22-nodes',
    'K23',
    'K25',
    'K26',
  ])
})
