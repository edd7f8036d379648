// A trust domain judged: who gets what, what leads where, and the weak spots of its entries.
import { describe, expect, test } from 'vitest'
import type { Caller, Principal, Realm, TrustStatement } from '@/core/access'
import { spire } from '.'
import { LANGUAGE } from './domain'

const TD = 'spiffe://acme.example'
const NODES = `${TD}/nodes`
const AGENT = `${TD}/spire/agent/k8s_psat/prod/1`
const SERVER = `${TD}/spire/server`
type Given = Record<string, unknown>
const entry = (id: string, parent: string, selectors: string[], more: Given = {}): TrustStatement => ({
  id,
  principalType: 'identity',
  principal: parent,
  effect: 'allow',
  actions: ['attest'],
  conditions: { parent, selectors, ...more },
})
const principal = (path: string, different: Partial<Principal> = {}): Principal => ({
  id: path.startsWith('spiffe:') ? path : `${TD}${path}`,
  type: 'spire.workload',
  name: path,
  aliases: [],
  class: 'machine',
  enabled: true,
  held: [],
  trusts: [],
  ...different,
})
const workload = (
  path: string,
  selectors: string[],
  { parent = NODES, ...more }: Given & { parent?: string } = {},
) => principal(path, { trusts: [entry(`entry ${path}`, parent, selectors, more)] })
const nodes = (selectors: string[], path = '/nodes') =>
  principal(path, { type: 'spire.node-alias', trusts: [entry(`entry ${path}`, SERVER, selectors)] })
const agent = (selectors: string[] | undefined, different: Partial<Principal> = {}) =>
  principal(AGENT, {
    type: 'spire.agent',
    ...(selectors && { tags: { attestation_type: 'k8s_psat', selectors: selectors.join('\n') } }),
    ...different,
  })
const right = (name: string): Principal['held'] => [
  { id: name, name, language: LANGUAGE, effect: 'allow', via: 'attached', document: { right: name } },
]
const CLUSTER = ['k8s_psat:cluster:prod', 'k8s_psat:agent_ns:spire', 'k8s_psat:agent_sa:spire-agent']
const within = (principals: Principal[], different: Partial<Realm> = {}) =>
  spire.within({
    id: TD,
    type: 'spire.trust-domain',
    name: 'acme.example',
    principals,
    elsewhere: [],
    runners: [],
    rulings: [],
    things: [],
    unseen: [{ part: 'runners', words: 'No runners of it are collected.' }],
    ...different,
  })
const PARTLY: Partial<Realm> = {
  unseen: [
    { part: 'trusts', words: 'spire-server entry count was not read whole (not-offered).' },
    { part: 'grants', words: 'spire-server entry count was not read whole (not-offered).' },
  ],
}

describe('F25: entries that fit more than one workload', () => {
  const told = (selectors: string[], parents: Principal[] = [nodes(CLUSTER)], parent = NODES) =>
    within([...parents, workload('/w', selectors, { parent })])
      .pitfalls(`${TD}/w`)
      .map(({ id, answer, severity, because }) => [id, answer, severity, because[0]])
  test.each<[string, string[], string, RegExp]>([
    ['a service account of any namespace', ['k8s:sa:x'], 'high', /in any namespace/],
    ['… with a label', ['k8s:sa:x', 'k8s:pod-label:app:x'], 'high', /in any namespace/],
    ['a namespace alone', ['k8s:ns:shop'], 'medium', /every pod in shop/],
    ['a namespace and a label', ['k8s:ns:shop', 'k8s:pod-label:app:x'], 'low', /can choose/],
    ['a label of any namespace', ['k8s:pod-label:app:x'], 'high', /pods of any namespace/],
    ['a pod by its name in any namespace', ['k8s:pod-name:x'], 'high', /pods of any namespace/],
    ['an image of any namespace', ['k8s:container-image:x'], 'high', /pods of any namespace/],
    ['root on many nodes', ['unix:uid:0'], 'high', /process of root.*stands for many nodes/],
    ['root by its name', ['unix:user:root'], 'high', /process of root/],
    ['root by user and group', ['unix:uid:0', 'unix:gid:0'], 'high', /process of root/],
    ['a user on many nodes', ['unix:uid:1000'], 'medium', /every process.*stands for many nodes/],
    ['a path on many nodes', ['unix:path:/bin/x'], 'medium', /whoever runs it/],
    ['a label of a container', ['docker:label:a:b'], 'high', /whoever starts one can choose/],
  ])('%s', (_, selectors, severity, says) => {
    expect(told(selectors)).toEqual([['F25', 'yes', severity, expect.stringMatching(says)]])
  })
  test.each<[string, string[]]>([
    ['namespace and service account', ['k8s:ns:shop', 'k8s:sa:x']],
    ['… with an image', ['k8s:ns:shop', 'k8s:sa:x', 'k8s:container-image:x']],
    ['one pod', ['k8s:pod-uid:1']],
    ['a digest of what runs', ['unix:sha256:abc']],
    ['root and the digest of what runs', ['unix:uid:0', 'unix:sha256:abc']],
    ['root and a path', ['unix:uid:0', 'unix:path:/usr/bin/x']],
    ['a user and a path', ['unix:uid:1000', 'unix:path:/bin/x']],
    ['an image by its id and a label', ['docker:image_id:1', 'docker:label:a:b']],
  ])('not %s', (_, selectors) => expect(told(selectors)).toEqual([]))
  test('on one node alone it is a step less', () => {
    expect(told(['docker:label:a:b'], [agent(CLUSTER)], AGENT)).toEqual([
      ['F25', 'yes', 'medium', expect.not.stringContaining('many nodes')],
    ])
  })
  test('what a selector of a plugin of one’s own tells is not known', () => {
    expect(told(['acme:unit:x', 'k8s:ns:shop'])).toEqual([
      ['F25', 'depends', 'low', expect.stringContaining('acme:unit:x')],
    ])
  })
  test('an entry in a form that is not known may be wide', () => {
    const odd = principal('/w', { trusts: [entry('e', NODES, [])] })
    expect(within([odd]).pitfalls(`${TD}/w`)).toEqual([
      expect.objectContaining({ id: 'F25', answer: 'depends' }),
    ])
  })
  test.each<[string, string[], string | undefined]>([
    ['the agents of one cluster', CLUSTER, undefined],
    ['any agent of one cluster', CLUSTER.slice(0, 1), 'low'],
    ['agents of any cluster', CLUSTER.slice(1), 'medium'],
    ['a whole account', ['aws_iid:account:123456789012'], 'medium'],
    ['a whole project', ['gcp_iit:project-id:acme'], 'medium'],
    ['an instance', ['aws_iid:instance:id:i-1'], undefined],
    ['a security group of an account', ['aws_iid:account:1', 'aws_iid:sg:id:sg-1'], undefined],
  ])('as nodes: %s', (_, selectors, severity) => {
    const found = within([nodes(selectors)]).pitfalls(NODES)
    expect(found.map((one) => [one.id, one.severity])).toEqual(
      severity === undefined ? [] : [['F25', severity]],
    )
  })
  test('tells when the entry ends', () => {
    const access = within([workload('/w', ['k8s:ns:a'], { expires_at: '2027-01-01T00:00:00.000Z' })])
    expect(access.pitfalls(`${TD}/w`)[0]?.because[0]).toContain('ends on 2027-01-01')
  })
})

describe('F27: rights that come with an entry', () => {
  const access = within([
    { ...workload('/admin', ['k8s:ns:a', 'k8s:sa:b']), held: right('admin') },
    { ...workload('/root', ['unix:uid:0']), held: right('admin') },
    { ...workload('/edge', ['k8s:ns:a', 'k8s:sa:c']), held: right('downstream') },
    workload('/w', ['k8s:ns:a', 'k8s:sa:d']),
  ])
  const told = (path: string) =>
    access
      .pitfalls(`${TD}${path}`)
      .flatMap(({ id, severity, because }) => (id === 'F27' ? [[severity, because[0]]] : []))
  test('are told of whoever has them', () => {
    expect(told('/admin')).toEqual([['high', expect.stringContaining('register any SPIFFE ID')]])
    expect(told('/edge')).toEqual([['high', expect.stringContaining('signs for any SPIFFE ID')]])
    expect(told('/w')).toEqual([])
  })
  test('are worse where the entry is wide', () =>
    expect(told('/root')).toEqual([['critical', expect.any(String)]]))
  test('make administrators, by steps that say why', () => {
    expect(access.privileges(`${TD}/admin`)).toMatchObject({
      certain: 'administrator',
      possible: 'administrator',
    })
    expect(access.privileges(`${TD}/w`)).toMatchObject({ certain: 'none', possible: 'none' })
    expect(access.steps(`${TD}/edge`)).toMatchObject({
      steps: [{ to: { kind: 'administrator' }, by: 'SP02', answer: 'yes' }],
      more: false,
    })
  })
  test('may be there where not all entries were read, or what is held is not known', () => {
    const partly = within([workload('/w', ['k8s:ns:a', 'k8s:sa:d'])], PARTLY)
    expect(partly.privileges(`${TD}/w`)).toMatchObject({ certain: 'none', possible: 'administrator' })
    expect(partly.steps(`${TD}/w`).more).toBe(true)
    const strange = within([{ ...workload('/w', ['k8s:ns:a', 'k8s:sa:d']), held: right('other') }])
    expect(strange.privileges(`${TD}/w`)).toMatchObject({ certain: 'none', possible: 'administrator' })
  })
})

describe('F28: federation', () => {
  const federating = workload('/w', ['k8s:ns:a', 'k8s:sa:b'], { federates_with: ['partner.example'] })
  const relying = (value: string): Principal =>
    principal('arn:role', {
      type: 'cloud.role',
      name: 'partner-upload',
      trusts: [
        {
          id: 't',
          principalType: 'federated',
          principal: 'oidc',
          effect: 'allow',
          actions: [],
          conditions: { StringLike: { 'oidc.partner.example:sub': value } },
        },
      ],
    })
  const told = (elsewhere: Principal[]) =>
    within([federating], { elsewhere })
      .pitfalls(`${TD}/w`)
      .map(({ id, answer, severity }) => [id, answer, severity])
  test.each(['spiffe://partner.example/*', 'spiffe://*'])('where somebody lets in all of it: %s', (value) => {
    expect(told([relying(value)])).toEqual([['F28', 'yes', 'medium']])
  })
  test.each([
    'spiffe://partner.example/one',
    'spiffe://partner.example/ns/*',
    'spiffe://partner.example.org/*',
  ])('is open where that is not all of it: %s', (value) =>
    expect(told([relying(value)])).toEqual([['F28', 'depends', 'low']]),
  )
  test('is open where nobody who was read lets it in', () =>
    expect(told([])).toEqual([['F28', 'depends', 'low']]))
})

describe('steps', () => {
  const to = (access: ReturnType<typeof within>, id: string) =>
    access
      .steps(id)
      .steps.map(({ to: end, by, answer }) => ['id' in end ? end.id.slice(TD.length) : end.kind, by, answer])
  const shop = ['k8s:ns:shop', 'k8s:sa:web']
  test('an agent goes by the aliases that its node fits, and holds what lies below it', () => {
    const access = within([
      agent([...CLUSTER, 'k8s_psat:agent_node_name:n1']),
      nodes(CLUSTER),
      nodes(['k8s_psat:cluster:other'], '/others'),
      workload('/w', shop),
      workload('/own', ['unix:uid:0'], { parent: AGENT }),
    ])
    expect(to(access, AGENT)).toEqual([
      ['/own', 'SP03', 'yes'],
      ['/nodes', 'SP04', 'yes'],
    ])
    expect(to(access, NODES)).toEqual([['/w', 'SP03', 'yes']])
  })
  test('one that is banned holds nothing any more', () => {
    const access = within([
      agent(CLUSTER, { enabled: false }),
      nodes(CLUSTER),
      workload('/own', shop, { parent: AGENT }),
    ])
    expect(to(access, AGENT)).toEqual([])
  })
  test('an alias for one agent is by its id', () => {
    const access = within([agent(undefined, { tags: {} }), nodes([`spiffe_id:${AGENT}`], '/host')])
    expect(to(access, AGENT)).toEqual([['/host', 'SP04', 'yes']])
  })
  test('what fits an entry fits a wider one for the same nodes', () => {
    const access = within([
      workload('/any', ['k8s:ns:shop']),
      workload('/web', shop),
      workload('/other', ['k8s:ns:x']),
    ])
    expect(to(access, `${TD}/web`)).toEqual([['/any', 'SP05', 'yes']])
    expect(to(access, `${TD}/any`)).toEqual([])
  })
  test('… surely only where each of its own entries does', () => {
    const two = principal('/web', {
      trusts: [entry('a', NODES, shop), entry('b', NODES, ['k8s:ns:x', 'k8s:sa:web'])],
    })
    expect(to(within([workload('/any', ['k8s:ns:shop']), two]), `${TD}/web`)).toEqual([
      ['/any', 'SP05', 'depends'],
    ])
  })
  test.each<[string, Principal[], [string, string], string | undefined]>([
    ['a wider alias', [nodes(CLUSTER, '/a'), nodes(CLUSTER.slice(0, 1), '/b')], ['/a', '/b'], 'yes'],
    ['a narrower alias', [nodes(CLUSTER, '/a'), nodes(CLUSTER.slice(0, 1), '/b')], ['/b', '/a'], 'depends'],
    ['an alias that its agent goes by', [agent(CLUSTER), nodes(CLUSTER, '/a')], [AGENT, '/a'], 'yes'],
    ['an alias that its agent does not go by', [agent([]), nodes(CLUSTER, '/a')], [AGENT, '/a'], undefined],
    ['an agent that may go by its alias', [agent(CLUSTER), nodes(CLUSTER, '/a')], ['/a', AGENT], 'depends'],
    ['another agent', [agent(CLUSTER)], [AGENT, `${TD}/spire/agent/x509pop/2`], undefined],
  ])('… or where the parent is %s', (_, parents, [own, wider], answer) => {
    const id = (path: string) => (path.startsWith('/') ? `${TD}${path}` : path)
    const access = within([
      ...parents,
      workload('/any', ['k8s:ns:shop'], { parent: id(wider) }),
      workload('/web', shop, { parent: id(own) }),
    ])
    const found = to(access, `${TD}/web`).filter(([path]) => path === '/any')
    expect(found).toEqual(answer === undefined ? [] : [['/any', 'SP05', answer]])
  })
  test('every way has its row in the table', () => {
    expect(spire.escalations.map(({ id }) => id)).toEqual(['SP01', 'SP02', 'SP03', 'SP04', 'SP05'])
  })
})

describe('who is let in', () => {
  const caller = (place: string): Caller => ({
    kind: 'principal',
    id: 'uid',
    aliases: [`cluster|${place}`],
    realm: 'c',
  })
  const access = within([
    workload('/web', ['k8s:ns:shop', 'k8s:sa:web']),
    workload('/root', ['unix:uid:0']),
    agent([]),
  ])
  const asked = (path: string, of: Caller, from = access) =>
    from.admits(path.startsWith('/') ? `${TD}${path}` : path, of).answer
  test('a service account that fits, depending on the cluster', () => {
    expect(access.admits(`${TD}/web`, caller('shop/web'))).toMatchObject({
      answer: 'depends',
      missing: [expect.stringContaining('Which cluster')],
    })
    expect(asked('/web', caller('shop/other'))).toBe('no')
    expect(asked('/web', caller('x/web'))).toBe('no')
  })
  test('whoever runs a process of root is not told', () =>
    expect(asked('/root', caller('shop/web'))).toBe('depends'))
  test('nobody by a token or as a service', () => {
    expect(asked('/web', { kind: 'token', issuer: 'https://x', claims: {} })).toBe('no')
    expect(asked('/web', { kind: 'service', name: 'x' })).toBe('no')
  })
  test('nobody is kept out plainly where not all entries were read', () => {
    const partly = within([workload('/web', ['k8s:ns:shop', 'k8s:sa:web'])], PARTLY)
    expect(asked('/web', caller('x/web'), partly)).toBe('depends')
    expect(asked('/web', { kind: 'service', name: 'x' }, partly)).toBe('depends')
  })
  test('nodes by how the server is configured, which is not read', () =>
    expect(asked(AGENT, caller('shop/web'))).toBe('depends'))
  test('who is not there is not known', () => expect(asked('/none', caller('shop/web'))).toBe('depends'))
})

describe('what somebody may do', () => {
  const access = within([
    { ...workload('/admin', ['k8s:pod-uid:1']), held: right('admin') },
    { ...workload('/edge', ['k8s:pod-uid:2']), held: right('downstream') },
    workload('/w', ['k8s:pod-uid:3']),
  ])
  const can = (path: string, action: string, resource: string) =>
    access.can(`${TD}${path}`, { action, resource }).answer
  test.each([
    ['/admin', 'register', `${TD}/any`, 'yes'],
    ['/admin', 'mint', `${TD}/any`, 'yes'],
    ['/edge', 'mint', `${TD}/any`, 'yes'],
    ['/edge', 'register', `${TD}/any`, 'depends'],
    ['/w', 'obtain', `${TD}/w`, 'yes'],
    ['/w', 'obtain', `${TD}/any`, 'depends'],
    ['/w', 'register', `${TD}/any`, 'depends'],
    ['/admin', 'mint', 'spiffe://other.example/any', 'no'],
    ['/admin', 'mint', 'spiffe://acme.example.org/any', 'no'],
    ['/admin', 'delete', `${TD}/any`, 'depends'],
    ['/none', 'mint', `${TD}/any`, 'depends'],
  ])('%s %s %s: %s', (path, action, resource, answer) => expect(can(path, action, resource)).toBe(answer))
})

test('ten thousand entries are judged, each compared with few others', () => {
  const many = Array.from({ length: 10_000 }, (_, n) =>
    workload(`/w/${n}`, [`k8s:ns:n${n % 100}`, `k8s:sa:s${n}`]),
  )
  const access = within([nodes(CLUSTER), workload('/any', ['k8s:ns:n1']), ...many])
  const counted = many.reduce((sum, { id }) => sum + access.steps(id).steps.length, 0)
  expect(counted).toBe(100)
})
