// What Recommender tells of use: what it confirms, what it says nothing of, and that its silence is never an answer.
import { describe, expect, test } from 'vitest'
import type { CallName } from './calls'
import { A, no, policy, read } from './fixtures/small-estate'

const POLICY: CallName = 'recommender.iamPolicyInsights.list'
const ACCOUNT: CallName = 'recommender.iamServiceAccountInsights.list'
const USES: CallName = 'policyanalyzer.serviceAccountLastAuthenticationActivities.query'
const DAYS_90 = '7776000s'
const WINDOW = { from: '2026-07-01T07:00:00.000Z', to: '2026-09-29T07:00:00.000Z' }
const NONE = { expression: '', title: '', description: '', location: '' }

const insight = (content: object, more: object = {}) => ({
  content: { condition: NONE, exercisedPermissions: [], inferredPermissions: [], ...content },
  lastRefreshTime: '2026-09-29T07:00:00Z',
  observationPeriod: DAYS_90,
  stateInfo: { state: 'ACTIVE' },
  targetResources: ['//cloudresourcemanager.googleapis.com/projects/101'],
  insightSubtype: 'PERMISSIONS_USAGE',
  ...more,
})
const used = (...names: string[]) => names.map((permission) => ({ permission }))
const OFFICE = {
  title: 'office',
  description: '',
  expression: 'request.time < timestamp("2027-01-01T00:00:00Z")',
}
const B = A.replace(':a@', ':b@')
const HELD = policy(
  'projects/proj-one',
  { role: 'roles/x', members: [A, B, 'group:ops@acme.example'] },
  { role: 'roles/x', members: [A], condition: OFFICE },
)
const told = (...insights: object[]) => ({
  ...HELD,
  'cloudidentity.groups.lookup': () => ({ name: 'groups/1' }),
  'cloudidentity.memberships.list': () => ({
    memberships: [{ preferredMemberKey: { id: B.replace('serviceAccount:', '') }, type: 'SERVICE_ACCOUNT' }],
  }),
  [POLICY]: ({ name }: Readonly<Record<string, unknown>>) =>
    name === 'projects/proj-one' ? { insights } : {},
})
const exercised = ({ of }: Awaited<ReturnType<typeof read>>, member: string, conditional = false) =>
  of('grant').find(
    ({ nativeId }) => nativeId.includes(`|${member}`) && nativeId.includes('#') === conditional,
  )?.exercised

describe('what was seen in use of a binding', () => {
  test('belongs to that role, member, resource and condition alone', async () => {
    const looked = await read(
      told(
        insight({
          role: 'roles/x',
          member: A,
          exercisedPermissions: used('x.write', 'x.read', 'x.read'),
          inferredPermissions: used('x.guess'),
          currentTotalPermissionsCount: '37',
        }),
      ),
    )
    expect(exercised(looked, A)).toEqual({
      state: 'known',
      source: POLICY,
      value: { ...WINDOW, actions: ['x.read', 'x.write'], total: 37 },
    })
    expect(exercised(looked, A, true)).toMatchObject({ state: 'unknown', why: 'not-offered' })
    expect(exercised(looked, B)).toMatchObject({ state: 'unknown', why: 'not-offered' })
    // What somebody supposes to be needed was not seen.
    expect(JSON.stringify(looked.events)).not.toContain('x.guess')
  })
  test('under a condition is told by its insight', async () => {
    const looked = await read(told(insight({ role: 'roles/x', member: A, condition: OFFICE })))
    expect(exercised(looked, A, true)).toMatchObject({ state: 'known', value: { ...WINDOW, actions: [] } })
    expect(exercised(looked, A)).toMatchObject({ state: 'unknown' })
  })
  test('of a group is not what each of its members used', async () => {
    const group = 'group:ops@acme.example'
    const looked = await read(
      told(insight({ role: 'roles/x', member: group, exercisedPermissions: used('x.read') })),
    )
    expect(exercised(looked, group)).toMatchObject({ state: 'unknown', why: 'not-offered' })
  })
  test.each([
    ['was accepted by somebody, and stands still since', { stateInfo: { state: 'ACCEPTED' } }],
    ['is of another project', { targetResources: ['//cloudresourcemanager.googleapis.com/projects/102'] }],
    ['is of another kind', { insightSubtype: 'SOMETHING_NEW', content: { principals: ['x'] } }],
    ['has no window', { observationPeriod: undefined }],
  ])('is not taken from an insight that %s', async (_, more) => {
    const looked = await read(told(insight({ role: 'roles/x', member: A }, more)))
    expect(exercised(looked, A)).toMatchObject({ state: 'unknown', why: 'not-offered' })
  })
  test('is unknown with the reason where it may not be asked, and the look at grants is whole', async () => {
    for (const why of ['denied', 'not-offered', 'throttled'] as const) {
      const looked = await read({ ...HELD, [POLICY]: () => no(why, 'x') })
      expect(exercised(looked, A)).toMatchObject({ state: 'unknown', why, source: POLICY })
    }
  })
  test('is never cut: more than can be told is unknown', async () => {
    const many = used(...Array.from({ length: 2001 }, (_, n) => `x.n${n}`))
    const looked = await read(told(insight({ role: 'roles/x', member: A, exercisedPermissions: many })))
    expect(exercised(looked, A)).toMatchObject({ state: 'unknown', why: 'limited' })
  })
  test('is asked where machines hold roles, and nowhere else', async () => {
    const { asked } = await read(told())
    expect(asked.filter((one) => one.startsWith(POLICY))).toEqual([`${POLICY} {"name":"projects/proj-one"}`])
  })
})

const asleep = (content: object, more: object = {}) => ({
  content,
  lastRefreshTime: '2026-09-29T07:00:00Z',
  observationPeriod: '19008000s',
  stateInfo: { state: 'ACTIVE' },
  insightSubtype: 'SERVICE_ACCOUNT_USAGE',
  ...more,
})
const lastUsed = async (insights: readonly object[], uses: () => unknown = () => ({})) => {
  const { of, asked } = await read({
    [USES]: uses,
    [ACCOUNT]: ({ name }) => (name === 'projects/proj-one' ? { insights } : {}),
  })
  const found = of('identity').find(({ nativeId }) => nativeId === '1')
  return { lastUsedAt: found?.lastUsedAt, asked }
}
const USED = asleep({ serviceAccountId: '1', lastAuthenticatedTime: '2025-09-11T07:00:00Z' })

describe('the last use of a service account', () => {
  test('comes from an insight where Activity Analyzer says nothing', async () => {
    for (const uses of [() => ({}), () => no('denied'), () => no('not-offered', 'disabled')]) {
      const { lastUsedAt } = await lastUsed([USED], uses)
      expect(lastUsedAt).toMatchObject({ state: 'known', value: '2025-09-11T07:00:00.000Z', source: ACCOUNT })
    }
  })
  test('does not where it speaks, and nothing more is asked then', async () => {
    const activity = (serviceAccountId: string) => ({
      fullResourceName: 'x',
      activity: { lastAuthenticatedTime: '2026-09-28T07:00:00Z', serviceAccount: { serviceAccountId } },
    })
    const { lastUsedAt, asked } = await lastUsed([USED], () => ({
      activities: ['1', '2', '3'].map(activity),
    }))
    expect(lastUsedAt).toMatchObject({ state: 'known', value: '2026-09-28T07:00:00.000Z', source: USES })
    expect(asked.filter((one) => one.startsWith(ACCOUNT))).toEqual([])
  })
  test.each([
    ['no insight at all', []],
    [
      'one of another account',
      [asleep({ serviceAccountId: '2', email: 'a@proj-one.iam.gserviceaccount.com' })],
    ],
    ['one that was accepted, and stands still since', [{ ...USED, stateInfo: { state: 'ACCEPTED' } }]],
    ['one that is not kept up to date', [{ ...USED, lastRefreshTime: '2026-06-29T07:00:00Z' }]],
    ['one that names no use, of an account that may be older', [asleep({ serviceAccountId: '1' })]],
  ])('stays unknown with %s', async (_, insights) => {
    const { lastUsedAt } = await lastUsed(insights)
    expect(lastUsedAt).toMatchObject({ state: 'unknown', why: 'not-offered', source: USES })
  })
  test('keeps the reason of the first where the second may not be asked either', async () => {
    const { of } = await read({ [USES]: () => no('denied'), [ACCOUNT]: () => no('not-offered', 'disabled') })
    expect(of('identity')[0]?.lastUsedAt).toMatchObject({ state: 'unknown', why: 'denied', source: USES })
  })
})
