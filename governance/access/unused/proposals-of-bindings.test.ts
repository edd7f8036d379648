// Proposals for service accounts whose bindings tell what of them was used.
import { describe, expect, test } from 'vitest'
import type { Held, Realm, Ruling } from '@/core/access'
import type { Exercised } from '@/evaluators/proposal'
import { held, judging, propose, realmOf } from './proposing'

describe('an organisation with bindings', () => {
  const platform = judging('gcp.organization')
  const PROJECT = '//cloudresourcemanager.googleapis.com/projects/shop'
  const EMAIL = 'job@shop.iam.gserviceaccount.com'
  const binding = (document: Record<string, unknown> = {}): Held =>
    held({
      id: `roles/editor@${PROJECT}`,
      name: 'roles/editor on projects/shop',
      language: 'gcp-iam',
      document: { role: 'roles/editor', resource: PROJECT, resourceType: 'x', ...document },
    })
  const editor: Ruling = {
    id: 'roles/editor',
    type: 'gcp.role',
    name: 'roles/editor',
    aliases: [],
    language: 'gcp-iam',
    document: {
      stage: 'GA',
      includedPermissions: ['storage.buckets.create', 'storage.objects.get', 'storage.objects.list'],
    },
  }
  const world = (own: readonly Held[], rest: Partial<Realm> = {}): Realm =>
    realmOf(
      'gcp.organization',
      {
        type: 'gcp.service-account',
        name: EMAIL,
        aliases: [EMAIL, `projects/shop/serviceAccounts/${EMAIL}`],
        held: own,
      },
      { id: 'organizations/1', rulings: [editor], ...rest },
    )
  const exercised = (...actions: string[]): Exercised[] => [{ id: binding().id, via: 'attached', actions }]

  test('a custom role with what was used takes its place', () => {
    const { answer, rights } = propose(platform, world([binding()]), [], exercised('storage.objects.get'))
    expect(answer).toMatchObject({ made: true, asked: 1 })
    expect(answer.files.map(({ name }) => name)).toEqual(['rollcall_job_1.yaml', 'rollcall_job_1.tf'])
    expect(answer.files[0]?.text).toBe(
      'title: "What job@shop.iam.gserviceaccount.com uses"\ndescription: "In place of roles/editor on projects/shop"\nstage: GA\nincludedPermissions:\n- storage.objects.get\n',
    )
    expect(answer.files[1]?.text).toContain('resource "google_project_iam_member" "rollcall_job_1"')
    expect(rights(binding())).toEqual({
      told: true,
      rights: [
        { name: 'storage.buckets.create', use: 'not-seen' },
        { name: 'storage.objects.get', use: 'seen' },
        { name: 'storage.objects.list', use: 'not-seen' },
      ],
    })
  })
  test('where nothing of it was used, it goes', () => {
    const { answer } = propose(platform, world([binding()]), [], exercised())
    expect(answer).toMatchObject({ made: true, asked: 0, files: [{ name: 'remove.yaml' }] })
  })
  test('what no source tells of stays as it is, and none of its rights is called unused', () => {
    const other = { ...binding(), id: 'other' }
    const { proposal, answer, rights } = propose(
      platform,
      world([binding(), other]),
      [],
      exercised('storage.objects.get'),
    )
    expect(answer.notes).toContain('roles/editor on projects/shop stays: nothing tells whether it is used.')
    expect(proposal.made && proposal.realm.principals[0]?.held.some(({ id }) => id === 'other')).toBe(true)
    expect(rights(other)?.told).toBe(false)
    expect(propose(platform, world([binding()]), []).answer.why).toMatch(/^Nothing tells what it uses/)
  })
  test.each([
    ['the role as read does not hold what was used', {}, 'run.services.get', /does not hold it/],
    [
      'it hangs on a condition',
      {
        condition: { expression: 'resource.name == "x" && request.time < timestamp("2030-01-01T00:00:00Z")' },
      },
      'storage.objects.get',
      /would be answered/,
    ],
  ])('withheld where %s', (_, document, action, why) => {
    const { answer } = propose(platform, world([binding(document)]), [], exercised(action))
    expect(answer).toMatchObject({ made: false, files: [] })
    expect(answer.why).toMatch(why)
  })
  test('a denial that stands above it withholds it', () => {
    const deny: Ruling = {
      id: 'policies/x/denypolicies/d',
      type: 'gcp.deny-policy',
      name: 'd',
      aliases: [],
      language: 'gcp-deny',
      document: {
        resource: PROJECT,
        rules: [
          {
            deniedPrincipals: ['principalSet://goog/public:all'],
            deniedPermissions: ['storage.googleapis.com/objects.get'],
            exceptionPrincipals: [],
            exceptionPermissions: [],
          },
        ],
      },
    }
    const { answer } = propose(
      platform,
      world([binding()], { rulings: [editor, deny] }),
      [],
      exercised('storage.objects.get'),
    )
    expect(answer).toMatchObject({ made: false })
  })
  test('what was not seen bears on both alike, and is said', () => {
    const unseen = [{ part: 'rulings' as const, words: 'Boundaries were not read.' }]
    const { answer } = propose(platform, world([binding()], { unseen }), [], exercised('storage.objects.get'))
    expect(answer.made).toBe(true)
    expect(answer.notes.at(-1)).toContain('Boundaries were not read.')
  })
})
