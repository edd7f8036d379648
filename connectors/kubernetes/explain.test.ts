// Refusals as a real API server gave them, and errors on the way: the reason in our words, and none of the server's.
import { describe, expect, test } from 'vitest'
import { explain, explainAnswer, EXPIRED, Refused, ruleFor, SignInFailed } from './explain'
import refusals from './fixtures/refusals.json'
import { ASKED, LIST } from './permissions'

type Recorded = { status: number; headers: Record<string, string>; body: string }
const recorded = refusals as Record<string, Recorded>
const of = (name: string, permission: string = LIST.secrets) => explainAnswer(permission, recorded[name]!)

describe('recorded refusals', () => {
  test.each([
    ['secretsDenied', 'denied', 'Forbidden'],
    ['watchDenied', 'denied', 'Forbidden'],
    ['unauthorized', 'denied', 'Unauthorized'],
    ['groupAbsent', 'not-offered', 'NotServed'],
    ['resourceAbsent', 'not-offered', 'NotServed'],
    ['objectNotFound', 'not-offered', 'NotFound'],
    ['notAcceptable', 'not-offered', 'NotAcceptable'],
    ['expired', 'limited', 'Expired'],
    ['throttled', 'throttled', 'TooManyRequests'],
    ['futureVersion', 'timed-out', 'Timeout'],
    ['badContinue', 'malformed', undefined],
  ])('%s is %s', (name, why, code) => {
    expect(of(name)).toMatchObject({ why, ...(code !== undefined && { code }) })
  })
  test('a denial names the rule that would allow it', () => {
    expect(of('secretsDenied').detail).toContain(
      '{ apiGroups: [""], resources: ["secrets"], verbs: ["list"] }',
    )
    expect(of('secretsDenied', LIST.deployments).detail).toContain(
      '{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["list"] }',
    )
  })
  test('every question has a rule, but those no cluster is asked', () => {
    expect(ruleFor('get /apis')).toBe('{ nonResourceURLs: ["/apis"], verbs: ["get"] }')
    for (const { name, list, url, get } of ASKED)
      if (list || url || get) expect(ruleFor(name)).toMatch(/verbs: \["(get|list)"\] \}$/)
  })
  test('the time to wait is as the server says, by header or in the answer', () => {
    expect(of('throttled').retryAfterMs).toBe(1000)
    expect(of('futureVersion').retryAfterMs).toBe(1000)
    expect(
      explainAnswer(LIST.pods, { status: 429, headers: { 'retry-after': 'soon' }, body: '' }),
    ).not.toHaveProperty('retryAfterMs')
  })
  test('the place in a list that was forgotten has its own words, by which it is known again', () => {
    expect(of('expired').detail).toBe(EXPIRED)
  })
  test('nothing that the server wrote comes out', () => {
    for (const [name, answer] of Object.entries(recorded)) {
      const told = JSON.stringify(of(name))
      const message = /"message":"([^"]+)"/.exec(answer.body)?.[1]
      if (message) expect(told).not.toContain(message)
      expect(told).not.toContain('nhi-inventory')
    }
  })
})

describe('other answers', () => {
  const at = (status: number, body = '') => explainAnswer(LIST.pods, { status, headers: {}, body })
  test.each([
    [500, 'unreachable'],
    [503, 'unreachable'],
    [501, 'not-offered'],
    [302, 'malformed'],
    [200, 'malformed'],
    [418, 'malformed'],
  ])('status %d is %s', (status, why) => expect(at(status).why).toBe(why))
  test('a 403 that no API server wrote sends nobody to the role', () => {
    expect(at(403, '<html>Forbidden by policy</html>').detail).toContain('before the API server')
  })
  test('a 404 page of something else is no evidence that a kind is not there', () => {
    expect(at(404, '<html>not found</html>')).toMatchObject({ why: 'malformed' })
  })
})

describe('errors on the way', () => {
  test.each([
    ['ECONNREFUSED', 'unreachable'],
    ['ENOTFOUND', 'unreachable'],
    ['ECONNRESET', 'unreachable'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'unreachable'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'unreachable'],
    ['ETIMEDOUT', 'timed-out'],
  ])('%s is %s', (code, why) => expect(explain(Object.assign(new Error('x'), { code }))?.why).toBe(why))
  test('a plugin that fails tells nothing of what it wrote', () => {
    expect(explain(new SignInFailed('ENOENT'))).toMatchObject({ why: 'denied', code: 'ENOENT' })
    expect(explain(new SignInFailed(''))?.detail).not.toContain('undefined')
  })
  test('a refusal that was put into words stays', () => {
    const explanation = { why: 'limited', detail: 'x' } as const
    expect(explain(new Refused(explanation))).toBe(explanation)
  })
  test.each([new TypeError('x is undefined'), null, 'text', {}])('%s is a bug', (bug) => {
    expect(explain(bug)).toBeUndefined()
  })
})
