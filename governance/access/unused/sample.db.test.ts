// The sample organisation, over command line and API: where its ways to everything can be cut, and what of its rights is used.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { ChokePointsAnswer, UnusedAnswer } from '@/app/api/v1/_api/access-schemas'
import { handlers } from '@/app/api/v1/_api/routes'
import { createToken } from '@/governance/tokens/create-token'
import { idOf } from '@/inventory/content-hash'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { runCli } from '@/tests/run-cli'
import { ADMINISTRATOR } from '@/tests/sample/administrator'

const ROLE = 'arn:aws:iam::410258837719:role'
const HOST = 'http://localhost:3000'
process.env.BASE_URL = HOST
let token = ''
const get = (path: '/access/choke-points' | '/access/unused', query: Record<string, string>) =>
  handlers(path).GET(
    new Request(`${HOST}/api/v1${path}?${new URLSearchParams(query)}`, {
      headers: { authorization: `Bearer ${token}` },
    }),
  )
const cli = async <T extends z.ZodType>(schema: T, ...args: string[]): Promise<z.output<T>> => {
  const { out } = await runCli(['access', ...args, '--json'])
  return schema.parse(JSON.parse(out))
}
const choke = (...args: string[]) => cli(ChokePointsAnswer, 'choke-points', ...args)
const used = (...args: string[]) => cli(UnusedAnswer, 'unused', ...args)

beforeAll(async () => {
  const { id } = await db.user.findFirstOrThrow({ where: { email: ADMINISTRATOR.email } })
  const actor = { kind: 'user', id, name: ADMINISTRATOR.name, role: 'administrator' } as const
  token = (await createToken(actor, { name: 'test' })).token
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

test('a repository comes to a service account over one grant, and without it no more', async () => {
  const answer = await choke(
    ...['--from', 'github/attribute.repository/halden/shop'],
    ...['--to', 'etl@halden-data.iam.gserviceaccount.com'],
  )
  expect(answer.cut).toBe('found')
  expect(answer.points).toMatchObject([
    { kind: 'grant', confirmed: { answer: 'yes' }, use: { answer: 'unknown' } },
  ])
  expect(answer.points[0]?.remove).toContain('roles/iam.workloadIdentityUser on deployer@')
  expect(answer.points[0]?.count).toBe(answer.points[0]?.steps.length)
  expect(answer.after).toMatchObject({ sources: 0, more: false })
  expect(answer.analysedAt).not.toBeNull()
})
test('machines that rule an account: what is idle is told apart from what would break', async () => {
  const answer = await choke('--to', 'administrator:halden-production')
  const uses = new Map(
    answer.points.map(({ steps: [step], use }) => {
      const { from } = z.object({ from: z.object({ end: z.object({ name: z.string() }) }) }).parse(step)
      return [from.end.name, use.answer]
    }),
  )
  expect(uses.get('svc-terraform')).toBe('would-break')
  expect(uses.get('svc-legacy-erp')).toBe('no-use-seen')
  expect(answer.points.find(({ use }) => use.workloads.includes('edi-gateway'))?.use.answer).toBe(
    'would-break',
  )
  // People who rule it are nobody to cut off here.
  expect(uses.has('sofia.berg')).toBe(false)
  expect(answer.after.sources).toBe(0)
})
test('what a source tells of a grant is told with its window, and what it does not is not known', async () => {
  const { grants, proposal } = await used('etl@halden-data.iam.gserviceaccount.com', '--propose')
  const [editor, ...others] = grants
  expect(editor).toMatchObject({ use: 'told', counts: { seen: 3, notSeen: 34, unknown: 0 } })
  expect(editor?.window?.from).toBeDefined()
  expect(others.map(({ use, notSeen }) => [use, notSeen])).toEqual([
    ['unknown', []],
    ['unknown', []],
  ])
  expect(proposal).toMatchObject({
    made: true,
    files: [{ name: 'rollcall_etl_1.yaml' }, { name: 'rollcall_etl_1.tf' }],
  })
  const owner = await used('legacy-export@halden-data.iam.gserviceaccount.com', '--propose')
  expect(owner.proposal).toMatchObject({ made: true, files: [{ name: 'remove.yaml' }] })
})
test('an account tells services and some actions: what was not seen goes, and what nothing is told of stays', async () => {
  const dns = await used(`${ROLE}/cert-manager`, '--propose')
  // Tags may be given with what is made, without a call of their own.
  expect(dns.grants).toMatchObject([
    { name: 'dns', use: 'told', counts: { seen: 1, mayBe: 1, notSeen: 5, unknown: 0 }, total: 7 },
  ])
  expect(dns.log.lines.map(({ what }) => what)).toContain('route53 in us-east-1 (tried, allowed or not)')
  expect(dns.proposal).toMatchObject({
    made: true,
    asked: 1,
    files: [{ name: 'rollcall-cert-manager-1.json' }],
  })
  expect(dns.proposal?.files[0]?.text).not.toMatch(/route53:(\*|CreateHostedZone|DeleteHostedZone)"/)
  expect(dns.proposal?.files[0]?.text).toContain('"route53:Change*"')
  // The organisation closes regions: what was seen is asked where it was seen.
  const deploy = await used(`${ROLE}/github-deploy`, '--propose')
  expect(deploy.proposal).toMatchObject({ made: true, asked: 2 })
  expect(deploy.proposal?.files[0]?.text).toContain('"iam:PassRole"')
  const mail = await used(`${ROLE}/ecs-mail-gateway`, '--propose')
  expect(mail.grants).toMatchObject([
    {
      notSeen: ['athena:StartQueryExecution', 'glue:GetTable'],
      mayBe: ['s3:GetObject', 's3:ListBucket', 's3:PutObject'],
    },
  ])
  // A policy that cannot be read says nothing of its use, whatever is told of services.
  const broken = await used(`${ROLE}/service-role/lambda-broken-policy`)
  expect(broken.grants.map(({ name, use }) => [name, use])).toEqual([
    ['AWSLambdaBasicExecutionRole', 'told'],
    ['queue', 'unknown'],
  ])
})
test('a tenant tells changes: what was not seen goes, and reads stay', async () => {
  const deploy = await used('GitHub deployer', '--propose')
  expect(deploy.grants.filter(({ use }) => use === 'told')).toMatchObject([
    {
      name: expect.stringContaining('Contributor at subscription'),
      seen: [
        'microsoft.resources/deployments/write',
        'microsoft.web/sites/restart/action',
        'microsoft.web/sites/write',
      ],
      notSeen: ['*/delete'],
    },
  ])
  expect(deploy.proposal).toMatchObject({
    made: true,
    asked: 3,
    files: [{ name: 'rollcall-github-deployer-1.json' }],
  })
  const [file] = deploy.proposal?.files ?? []
  const { Actions } = z.object({ Actions: z.array(z.string()) }).parse(JSON.parse(file?.text ?? ''))
  expect(Actions).toEqual(expect.arrayContaining(['*/read', 'microsoft.web/sites/write']))
  expect(Actions.filter((one) => /^\*(\/(write|delete|action))?$/.test(one))).toEqual([])
  // It only acts on data, of which no log that is read tells.
  const data = await used('id-invoice-export', '--propose')
  expect(data).toMatchObject({ grants: [{ use: 'unknown', notSeen: [] }], proposal: { made: false } })
})
test('a log makes a role for what it tells', async () => {
  const silent = await used('monitoring/prometheus', '--propose')
  expect(silent).toMatchObject({ grants: [{ use: 'unknown', notSeen: [] }], proposal: { made: false } })
  const row = await db.identity.findFirstOrThrow({ where: { name: 'monitoring/prometheus' } })
  const said = async (what: string, usedAt: Date) =>
    db.usage.create({
      data: {
        id: idOf(row.scopeId, 'usage', what),
        scopeId: row.scopeId,
        stream: 'audit-log',
        nativeId: what,
        identityId: row.id,
        identityRef: row.nativeId,
        usedAt,
        what,
        doc: {},
        fingerprint: row.fingerprint,
        firstSeenAt: usedAt,
        validFrom: usedAt,
        runId: row.runId,
      },
    })
  await said('list pods (900 times)', new Date(Date.now() - 3_600_000))
  await said('get nodes/metrics', new Date(Date.now() - 7_200_000))
  await said('get secrets in checkout', new Date(Date.now() - 200 * 86_400_000))
  const answer = await used('monitoring/prometheus', '--propose')
  expect(answer.grants[0]).toMatchObject({
    use: 'told',
    seen: ['get nodes/metrics of ""', 'list pods of ""'],
  })
  // The third is older than what was asked about.
  expect(answer.proposal).toMatchObject({ made: true, asked: 2 })
  expect(answer.proposal?.files[0]?.text).toContain('resources: ["nodes/metrics"]\n  verbs: ["get"]')
  expect((await used('monitoring/prometheus', '--propose', '--days', '300')).proposal?.why).toContain(
    'nothing that it holds now gives that',
  )
})
test('the API answers the same, and says what is wrong with a question', async () => {
  const answer = await get('/access/choke-points', { to: 'administrator:halden-prod' })
  expect(answer.status).toBe(200)
  // Bindings of two service accounts, and the entry by which a role of the cloud is let in.
  expect(ChokePointsAnswer.parse(await answer.json()).points).toHaveLength(3)
  const own = await get('/access/unused', { identity: 'svc-terraform', propose: 'true' })
  expect(UnusedAnswer.parse(await own.json()).proposal?.made).toBe(true)
  for (const [path, query, status] of [
    ['/access/choke-points', {}, 400],
    ['/access/choke-points', { to: 'administrator:nowhere' }, 404],
    ['/access/choke-points', { to: 'svc-terraform', hops: '9' }, 400],
    ['/access/choke-points', { to: 'svc-terraform', certain: 'perhaps' }, 400],
    ['/access/choke-points', { to: 'svc-terraform', from: 'token:x' }, 400],
    ['/access/unused', { identity: ' ' }, 400],
    ['/access/unused', { identity: 'nobody-at-all' }, 404],
    ['/access/unused', { identity: 'svc-terraform', days: '-1' }, 400],
    ['/access/unused', { identity: 'svc-terraform', more: 'x' }, 400],
  ] as const)
    expect([path, query, (await get(path, query)).status]).toEqual([path, query, status])
})
test('the command line says it in words', async () => {
  const { code, out } = await runCli(['access', 'choke-points', '--to', 'administrator:halden-prod'])
  expect(code).toBe(0)
  expect(out).toContain('1. grant: cluster-admin (attached ClusterRoleBinding ci-deployer)')
  expect(out).toContain('Tried out without these: 0 of the starts come there in at most 8 steps.')
  const bad = await runCli(['access', 'choke-points', '--to', 'svc-terraform', '--hops', 'many'])
  expect(bad.code).not.toBe(0)
  expect(bad.err).toContain('hops')
  expect((await runCli(['access', 'unused', 'nobody-at-all'])).code).not.toBe(0)
})
