// The recorded audit log: who did what, who was refused, whose tokens were issued, who acted as whom.
import { describe, expect, test } from 'vitest'
import type { Of } from '@/core/observation'
import { UseLedger, USES_MAX } from './audit-events'
import kubernetes from './collect'
import auditLog from './fixtures/audit-log.json'
import { file } from './fixtures/file'
import { eventsOf, UID } from './fixtures/recorded-world'

const lines = (auditLog as unknown[]).map((event) => JSON.stringify(event))
const cluster = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'kube-system', uid: UID },
})
const open = (text: string | Uint8Array) => kubernetes.openFile('kubernetes-audit-log', file(text, '.log'))
const JENKINS = '65c95d9d-7a9c-4149-8ef3-3bad862fbabc'
const INVENTORY = '1f70d5e5-6749-4e6a-9f0a-c38a9c4ec810'

describe('a log', async () => {
  const { transport, report } = await open([cluster, ...lines, ''].join('\n'))
  const events = await eventsOf(transport)
  const uses = events.flatMap((event) =>
    event.type === 'observations'
      ? event.observations.filter((one): one is Of<'usage'> => one.kind === 'usage')
      : [],
  )
  const of = (identity: string) => uses.filter((use) => use.identity === identity).map(({ what }) => what)
  test('is of the cluster that its first line names', () => {
    expect(events.find(({ type }) => type === 'scope')).toMatchObject({ scope: { nativeId: UID } })
  })
  test('tells what a service account did, by its UID, and with which old token', () => {
    expect(of(JENKINS)).toEqual([
      'list pods in ci',
      'signed in with the old token kept in Secret legacy-jenkins-token',
    ])
    expect(uses.find(({ identity }) => identity === JENKINS)?.at).toBe('2026-11-22T05:42:38.074Z')
  })
  test('tells what was denied, and not what was throttled', () => {
    expect(of(INVENTORY)).toEqual(['list pods', 'denied: watch secrets'])
  })
  test('tells for whom tokens were issued, and who asked for them', () => {
    expect(of('system:serviceaccount:payments:payments-api')).toEqual([
      'acme-admin was issued a token for it',
    ])
    expect(of('user:acme-admin')).toEqual(
      expect.arrayContaining([
        'create serviceaccounts/token in payments (2 times)',
        'create tokenreviews.authentication.k8s.io',
        'delete serviceaccounts in payments',
      ]),
    )
  })
  test('tells who acted as whom', () => {
    const node = 'system:node:ip-10-20-1-17.eu-west-1.compute.internal'
    expect(of(node)).toEqual(['acme-admin acted as it'])
    expect(of('user:acme-admin')).toContain(`acted as ${node}`)
  })
  test('is no evidence of what it does not tell', () => {
    const looks = events.flatMap((event) =>
      event.type === 'coverage'
        ? [[event.stream, Object.values(event.kinds).map(({ state }) => state)] as const]
        : [],
    )
    expect(looks.filter(([, states]) => states.includes('complete'))).toEqual([])
    expect(looks.find(([stream]) => stream === 'audit-log')?.[1]).toEqual(['partial'])
  })
  test('says what was left aside', () => {
    expect(report().understood).toEqual([
      { what: 'events', count: lines.length },
      { what: 'different uses', count: uses.length },
    ])
    expect(report().ignored.map(({ what }) => what)).toEqual([
      'refused for another reason',
      'nobody signed in',
    ])
  })
})

describe('a log that', () => {
  const event = auditLog[0] as Record<string, unknown>
  test('holds bodies gives nothing of them, and says so', async () => {
    const told = { ...event, responseObject: { status: { token: 'canary' } }, requestObject: {} }
    const { transport, report } = await open([cluster, JSON.stringify(told), ''].join('\n'))
    expect(JSON.stringify(await eventsOf(transport))).not.toContain('canary')
    expect(report().dropped).toEqual([
      { path: 'requestObject', count: 1 },
      { path: 'responseObject', count: 1 },
    ])
  })
  test('was still being written is read to its last whole line', async () => {
    const { report } = await open([cluster, lines[0], lines[1]!.slice(0, 50)].join('\n'))
    expect(report()).toMatchObject({
      understood: [{ count: 1 }, {}],
      ignored: [{ what: 'a last line that was cut short' }],
    })
  })
  test.each([
    ['does not say which cluster it is of', lines.join('\n'), /which cluster/],
    ['is something else', `${cluster}\nI1122 started\n${lines[0]}\n`, /^line 2: this is not JSON/],
    [
      'holds something else',
      `${cluster}\n{"kind":"Pod"}\n${lines[0]}\n`,
      /^line 2: \S+ is not as in an audit event/,
    ],
    ['is empty', '', /empty/],
  ])('%s is refused', async (_, text, says) => await expect(open(text)).rejects.toThrow(says))
})

test('more different uses than are kept are counted', () => {
  const ledger = new UseLedger()
  for (let n = 0; n < USES_MAX + 5; n++)
    ledger.add({ identity: `u${n}`, what: 'x', at: '2026-01-01T00:00:00Z' })
  ledger.add({ identity: 'u1', what: 'x', at: '2026-01-02T00:00:00Z' })
  expect([ledger.all().length, ledger.beyond, ledger.all()[1]]).toMatchObject([
    USES_MAX,
    5,
    { at: '2026-01-02T00:00:00Z', count: 2 },
  ])
})
