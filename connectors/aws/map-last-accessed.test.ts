// What a report on last use says of a grant: never that something was not used of which it does not speak.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EXERCISED_MAX, Exercised } from '@/core/observation'
import { fits, givesOf } from './gives'
import type { Report, UsedService } from './last-accessed'
import { exercisedOf, usesOf, windowOf } from './map-last-accessed'

const AT = '2026-09-30T12:00:00.000Z'
const THEN = '2026-09-01T00:00:00.000Z'
const allow = (...Action: string[]) => ({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] })
const told = (services: UsedService[], document: Record<string, unknown>, madeAt?: string) => {
  const gives = givesOf(document)
  if (!gives) throw new Error('not a document')
  const fact = exercisedOf({ at: AT, services }, { gives, madeAt })
  return fact.state === 'known' ? fact.value : fact
}
const s3 = (usedAt: string | undefined, ...actions: [string, string?][]): UsedService => ({
  namespace: 's3',
  ...(usedAt !== undefined && { usedAt }),
  actions: actions.map(([name, at]) => (at === undefined ? { name } : { name, usedAt: at })),
})
const unused = (namespace: string): UsedService => ({ namespace, actions: [] })

describe('a grant', () => {
  test('of services: those tried and those not', () => {
    expect(told([s3(THEN), unused('ec2'), unused('sqs')], allow('s3:GetObject', 'ec2:*'))).toMatchObject({
      actions: ['s3:*'],
      unseen: ['ec2:*'],
      total: 2,
    })
  })
  test('of actions told one by one: seen, not seen, and those that it does not give left out', () => {
    const service = s3(THEN, ['CreateBucket', THEN], ['DeleteBucket'], ['PutBucketPolicy'])
    expect(told([service], allow('s3:CreateBucket', 'S3:Delete*'))).toMatchObject({
      actions: ['s3:CreateBucket'],
      unseen: ['s3:DeleteBucket'],
      total: 2,
    })
  })
  test('of more than what is told one by one: used where it was tried later than these, else not told', () => {
    const later = s3(AT, ['CreateBucket', THEN])
    const same = s3(THEN, ['CreateBucket', THEN])
    expect(told([later], allow('s3:*'))).toMatchObject({ actions: ['s3:*', 's3:CreateBucket'], total: 2 })
    expect(told([same], allow('s3:*'))).toMatchObject({ actions: ['s3:CreateBucket'], unseen: [], total: 1 })
    expect(told([later], allow('s3:CreateBucket'))).toMatchObject({ actions: ['s3:CreateBucket'] })
    expect(told([s3(THEN, ['CreateBucket'])], allow('s3:*'))).toMatchObject({
      actions: ['s3:*'],
      unseen: ['s3:CreateBucket'],
    })
  })
  test('of all but some', () => {
    const but = { Statement: { Effect: 'Allow', NotAction: ['iam:*', 's3:Delete*'], Resource: '*' } }
    const services = [s3(THEN, ['DeleteBucket'], ['CreateBucket']), unused('iam'), unused('ec2')]
    expect(told(services, but)).toMatchObject({ actions: ['s3:*'], unseen: ['ec2:*', 's3:CreateBucket'] })
  })
  test('of what is never called itself is not told of: not passing a role is no fact', () => {
    expect(told([s3(THEN), unused('iam')], allow('s3:*', 'iam:PassRole'))).toMatchObject({ unseen: [] })
  })
  test('of which the report does not speak is unknown, and so is one too young', () => {
    const silent = 'the report speaks of no service that this gives'
    expect(told([], allow('s3:*'))).toMatchObject({ why: 'not-offered', detail: silent })
    expect(told([unused('ec2')], allow('s3:*'))).toMatchObject({ detail: silent })
    expect(told([s3(THEN)], allow('s3:*'), '2026-09-30T09:00:00Z')).toMatchObject({ why: 'not-offered' })
    expect(givesOf({ Statement: [{ Effect: 'Allow', Action: 7 }] })).toBeUndefined()
    expect(givesOf({})).toBeUndefined()
  })
  test('what does not fit is not told: whole services first', () => {
    const many = Array.from({ length: EXERCISED_MAX }, (_, n): [string] => [`Do${n}`])
    const value = told([s3(THEN, ...many), unused('ec2')], allow('*'))
    expect(value).toMatchObject({ actions: ['s3:*'], total: EXERCISED_MAX + 1 })
    expect('unseen' in value && value.unseen?.[0]).toBe('ec2:*')
    const used = Array.from({ length: EXERCISED_MAX + 1 }, (_, n): [string, string] => [`Do${n}`, THEN])
    expect(told([s3(THEN, ...used)], allow('*'))).toMatchObject({ state: 'unknown', why: 'limited' })
  })
})

describe('the window', () => {
  const report: Report = { at: AT, services: [] }
  test('is of whole days, and never says more than was looked at', () => {
    expect(windowOf(report, undefined)).toEqual({
      from: '2025-08-27T00:00:00.000Z',
      to: '2026-09-30T00:00:00.000Z',
    })
    // Four hours are not settled yet.
    expect(windowOf({ ...report, at: '2026-09-30T03:00:00Z' }, undefined)?.to).toBe(
      '2026-09-29T00:00:00.000Z',
    )
  })
  test('begins no earlier than whoever it is about', () => {
    expect(windowOf(report, '2026-09-15T10:00:00Z')?.from).toBe('2026-09-15T10:00:00.000Z')
    expect(windowOf(report, '2001-01-01T00:00:00Z')?.from).toBe('2025-08-27T00:00:00.000Z')
    expect(windowOf(report, AT)).toBeUndefined()
  })
})

test('uses are tries, each service once', () => {
  expect(
    usesOf('AROA1', { at: AT, services: [{ ...s3(THEN), region: 'eu-west-1' }, unused('ec2')] }),
  ).toEqual([
    {
      kind: 'usage',
      nativeId: 'AROA1/last-tried/s3',
      identity: 'AROA1',
      at: THEN,
      what: 's3 in eu-west-1 (tried, allowed or not)',
    },
  ])
})

test('whatever is reported and given, used and unused have nothing in common and are of the report', () => {
  const name = fc.constantFrom('a', 'ab', 'b', 'Get', 'Put')
  const service = fc.record({
    namespace: fc.constantFrom('s3', 'ec2', 'iam'),
    usedAt: fc.constantFrom(undefined, THEN, AT),
    actions: fc.array(fc.record({ name, usedAt: fc.constantFrom(undefined, THEN, AT) }), { maxLength: 4 }),
  })
  const patterns = fc.array(
    fc.constantFrom('*', 's3:*', 's3:G*', 's3:Get', 'ec2:a?', '*:Put', 'iam:PassRole', 'x'),
  )
  fc.assert(
    fc.property(
      fc.uniqueArray(service, { selector: ({ namespace }) => namespace }),
      patterns,
      fc.boolean(),
      (services, named, not) => {
        const gives = givesOf({ Statement: [{ Effect: 'Allow', [not ? 'NotAction' : 'Action']: named }] })
        if (!gives) throw new Error('not a document')
        const fact = exercisedOf(
          { at: AT, services: services as UsedService[] },
          { gives, madeAt: undefined },
        )
        if (fact.state !== 'known') return
        const { actions, unseen = [], total } = Exercised.parse(fact.value)
        expect(total).toBe(actions.length + unseen.length)
        expect(actions.filter((one) => unseen.some((other) => fits(other, one)))).toEqual([])
        const reported = services.map(({ namespace }) => `${namespace}:`)
        for (const one of [...actions, ...unseen])
          expect(reported.some((begins) => one.startsWith(begins))).toBe(true)
      },
    ),
  )
})
