// Audit events as the API server posts them: what they tell, what is left aside, and how it is told to send them.
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { Observation, type Of } from '@/core/observation'
import kubernetes from './collect'
import auditLog from './fixtures/audit-log.json'
import { NAME, UID } from './fixtures/recorded-world'
import { kubernetesManifest } from './manifest'
import { receiveAuditEvents } from './receive-audit-events'

type Json = Record<string, unknown>
/** Items of a list do not say what they are. */
const ITEMS = (auditLog as Json[]).map(({ kind: _kind, apiVersion: _version, ...event }) => event)
const list = (items: Json[]) => ({ kind: 'EventList', apiVersion: 'audit.k8s.io/v1', metadata: {}, items })
const scope = { nativeId: UID, name: NAME, type: 'kubernetes.cluster' }
const receive = (body: unknown) => receiveAuditEvents(body, { scope })
const JENKINS = '65c95d9d-7a9c-4149-8ef3-3bad862fbabc'

describe('a list of events', () => {
  const { observations, events, ignored } = receive(list(ITEMS))
  const uses = observations.filter((one): one is Of<'usage'> => one.kind === 'usage')
  const of = (identity: string) => uses.filter((use) => use.identity === identity).map(({ what }) => what)

  test('tells of uses alone, each of which can be kept', () => {
    expect(uses).toEqual(observations)
    for (const one of observations) expect(Observation.safeParse(one).error).toBeUndefined()
  })
  test('tells what was done, with which old token, and when', () => {
    expect(of(JENKINS)).toEqual([
      'list pods in ci',
      'signed in with the old token kept in Secret legacy-jenkins-token',
    ])
    expect(uses.find(({ identity }) => identity === JENKINS)?.at).toBe('2026-11-22T05:42:38.074Z')
  })
  test('tells of denials, issued tokens and impersonation', () => {
    expect(uses.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        'denied: watch secrets',
        'acme-admin was issued a token for it',
        'acme-admin acted as it',
        'create tokenreviews.authentication.k8s.io',
      ]),
    )
  })
  test('says how much of it tells nothing: throttled, and nobody signed in', () => {
    expect([events, ignored]).toEqual([ITEMS.length, 2])
  })
  test('gives the same once more: no count makes it another one', () => {
    expect(receive(list([...ITEMS, ...ITEMS])).observations).toEqual(observations)
  })
  test('counts a request once, whatever the stages it is told for', () => {
    const [first = {}] = ITEMS
    const stages = ['RequestReceived', 'ResponseStarted', 'ResponseComplete']
    const told = receive(list(stages.map((stage) => ({ ...first, stage }))))
    expect([told.events, told.ignored]).toEqual([3, 2])
  })
  test('gives nothing of bodies, headers and addresses', () => {
    const [first = {}] = ITEMS
    const body = { status: { token: 'canary' } }
    const told = receive(list([{ ...first, requestObject: body, responseObject: body, userAgent: 'canary' }]))
    expect(told.observations.length).toBeGreaterThan(0)
    expect(JSON.stringify(told)).not.toContain('canary')
  })
  test('leaves out and counts what cannot be kept, and takes the rest', () => {
    const [first = {}, second = {}] = ITEMS
    const told = receive(list([{ ...first, objectRef: { resource: 'a\0b' } }, second]))
    expect(told.ignored).toBe(1)
    expect(told.observations.length).toBeGreaterThan(0)
  })
})

describe('what is not such a list', () => {
  const [first = {}, second = {}] = ITEMS
  test.each<[string, unknown, string]>([
    ['nothing', null, ''],
    ['another kind', { ...list([]), kind: 'PodList' }, 'kind'],
    ['another version', { ...list([]), apiVersion: 'audit.k8s.io/v2' }, 'apiVersion'],
    ['no list', { ...list([]), items: {} }, 'items'],
    ['an item without a verb', list([first, { ...second, verb: undefined }]), 'items.1.verb'],
    ['an item without an id', list([{ ...first, auditID: undefined }]), 'items.0.auditID'],
    [
      'an item with a date that is none',
      list([{ ...first, requestReceivedTimestamp: 'x' }]),
      'items.0.requestReceivedTimestamp',
    ],
  ])('%s is refused by the name of its place', (_, body, path) => {
    expect(() => receive(body)).toThrow(
      expect.objectContaining({ code: 'invalid', issues: [expect.objectContaining({ path })] }),
    )
  })
  test('is refused without a word of it', () => {
    expect(() => receive(list([{ ...first, verb: { canary: 'canary' } }]))).toThrow(/^(?!.*canary)/)
  })
  test('a source of single namespaces takes nothing', () => {
    const namespace = { nativeId: `${UID}/shop`, name: `${NAME}/shop`, type: 'kubernetes.namespace' }
    expect(() => receiveAuditEvents(list(ITEMS), { scope: namespace })).toThrow(/single namespaces/)
  })
})

describe('how it is told to send', () => {
  const address = 'https://rollcall.example/api/v1/sources/1/events'
  const { receives } = kubernetesManifest
  const [policy, webhook, commands] = receives?.setup(address) ?? []

  test('by a stream that can only add', () => {
    expect(kubernetes.streams[receives?.stream ?? '']?.neverWhole).toBeTruthy()
  })
  test('of metadata alone', () => {
    const { kind, rules } = parse(policy?.text ?? '') as { kind: string; rules: { level: string }[] }
    expect(kind).toBe('Policy')
    expect(rules.at(-1)).toEqual({ level: 'Metadata' })
    expect(new Set(rules.map(({ level }) => level))).toEqual(new Set(['None', 'Metadata']))
  })
  test('to its address, with a token that stands in a file of its own', () => {
    expect(parse(webhook?.text ?? '')).toMatchObject({
      kind: 'Config',
      clusters: [{ cluster: { server: address } }],
      users: [{ user: { tokenFile: expect.stringMatching(/^\//) as string } }],
      'current-context': 'rollcall',
    })
    for (const document of [policy, webhook, commands]) expect(document?.text).not.toMatch(/rc_|\btoken: /)
    expect(commands?.text).toContain('--only source:receive')
  })
})
