// Roles, users, policies and owners: what the mapping makes of ordinary and of odd answers.
import { describe, expect, test } from 'vitest'
import { known, unknown } from '@/core/fact'
import { Observation } from '@/core/observation'
import { groupGrants, inlineEntitlements, ownGrants, policyEntitlement, toGroup } from './map-grants'
import { DETAILS, listedRoleIdentity, roleIdentity, rootIdentity } from './map-identity'
import { ownerHints } from './map-owner'
import { following, pageOf } from './page'
import { REMOVED } from '@/core/secret-like'
import { PolicyDetail, RoleDetail, RoleExtra, Tag } from './shapes'

const ARN = 'arn:aws:iam::123456789012:role/service/web'
const raw = {
  RoleId: 'AROA1',
  RoleName: 'web',
  Arn: ARN,
  CreateDate: '2024-02-29T10:00:00+02:00',
  RoleLastUsed: {},
}
const role = (extra: object = {}) => RoleDetail.parse({ ...raw, ...extra })
const listed = (extra: object) =>
  known(new Map([['AROA1', RoleExtra.parse({ RoleId: 'AROA1', ...extra })]]), 'iam:ListRoles')

describe('a role', () => {
  test('keeps its id, takes dates in any zone, and gets session and description from the listing', () => {
    const identity = roleIdentity(role(), [], listed({ MaxSessionDuration: 7200, Description: 'web' }))
    expect(Observation.parse(identity)).toMatchObject({
      nativeId: 'AROA1',
      aliases: [ARN],
      createdAt: { value: '2024-02-29T08:00:00.000Z' },
      maxSessionSeconds: { value: 7200, source: 'iam:ListRoles' },
      description: { value: 'web' },
      lastUsedAt: { state: 'absent', note: expect.stringContaining('400 days') },
      consoleUrl: 'https://console.aws.amazon.com/iam/home#/roles/details/web',
    })
  })

  test('takes the session length from the details where they have it', () => {
    const identity = roleIdentity(role({ MaxSessionDuration: 43200 }), [], unknown('denied', 'iam:ListRoles'))
    expect(identity.maxSessionSeconds).toMatchObject({ value: 43200, source: DETAILS })
    expect(identity.description).toMatchObject({ state: 'unknown', why: 'denied' })
  })

  test('made between two listings has facts that nobody collected', () => {
    expect(roleIdentity(role(), [], known(new Map(), 'iam:ListRoles')).maxSessionSeconds).toMatchObject({
      why: 'not-collected',
    })
  })

  test('without RoleLastUsed does not count as never used', () => {
    expect(roleIdentity(role({ RoleLastUsed: undefined }), [], listed({})).lastUsedAt).toMatchObject({
      state: 'unknown',
    })
  })

  test('from the listing alone has the refusal where the details would be', () => {
    const refusal = unknown('denied', DETAILS, 'no')
    const identity = listedRoleIdentity(role({ MaxSessionDuration: 3600 }), [], refusal)
    expect(identity).toMatchObject({ tags: refusal, lastUsedAt: refusal, maxSessionSeconds: { value: 3600 } })
  })

  test('with 300 characters that are not ASCII fits', () => {
    const name = '税'.repeat(300)
    expect(() => Observation.parse(roleIdentity(role({ RoleName: name }), [], listed({})))).not.toThrow()
    for (const one of inlineEntitlements('AROA1', [{ PolicyName: name, PolicyDocument: '{}' }]))
      Observation.parse(one)
    expect(RoleDetail.safeParse({ ...raw, RoleName: '税'.repeat(400) }).success).toBe(false)
  })

  test('of another partition links to its own console, and of an unknown one to none', () => {
    const at = (arn: string) => roleIdentity(role({ Arn: arn }), [], listed({})).consoleUrl
    expect(at('arn:aws-cn:iam::1:role/web')).toMatch(/amazonaws\.cn/)
    expect(at('arn:aws-iso:iam::1:role/web')).toBeUndefined()
  })

  test('keeps its tags, but no secret in them', () => {
    const Tags = [
      { Key: 'note', Value: 'AKIAIOSFODNN7EXAMPLE' },
      { Key: '__proto__', Value: 'x' },
      { Key: 'nul', Value: 'a\0b\ud800' },
    ]
    const { tags } = roleIdentity(role({ Tags }), [], listed({}))
    const entries = tags.state === 'known' ? Object.entries(tags.value) : []
    expect(entries).toEqual([
      ['note', REMOVED],
      ['__proto__', 'x'],
      ['nul', 'ab\ufffd'],
    ])
    expect(role({ Description: 'password=hunter2222' }).Description).toBe(REMOVED)
  })
})

test('the root user is there whether or not the report was seen', () => {
  const refused = rootIdentity('123456789012', unknown('denied', 'iam:GetCredentialReport'))
  expect(Observation.parse(refused)).toMatchObject({
    nativeId: '123456789012/root',
    class: 'human',
    lastUsedAt: { why: 'denied' },
  })
})

describe('owner hints', () => {
  const hint = (Key: string, Value: string | null) =>
    ownerHints('AROA1', [Tag.parse({ Key, Value })]).map((h) => `${h.names} ${h.value}`)
  test.each([
    ['owner', 'dana@acme.example', 'person dana@acme.example'],
    ['Owner', 'Marta Wójcik', 'unclear Marta Wójcik'],
    ['team', 'shop', 'team shop'],
    ['Team', 'dana@acme.example', 'team dana@acme.example'],
    ['acme:Owner_Email', 'dana@acme.example', 'person dana@acme.example'],
    ['example.com/contact', 'shop-oncall@acme.example', 'team shop-oncall@acme.example'],
    ['maintainer', '  jürgen.größer@acme.example ', 'person jürgen.größer@acme.example'],
  ])('%s = %s', (key, value, expected) => expect(hint(key, value)).toEqual([expected]))
  test.each([
    ['owner', ''],
    ['owner', null],
    ['owner', 'AKIAIOSFODNN7EXAMPLE'],
    ['Name', 'web'],
    ['cost-center', '4711'],
    ['teamwork', 'x'],
  ])('%s = %s names nobody', (key, value) => expect(hint(key, value)).toEqual([]))
})

describe('policies', () => {
  const detail = (extra: object) =>
    PolicyDetail.parse({ Arn: 'arn:aws:iam::123456789012:policy/a/b/ci', ...extra })
  const versions = [
    { Document: '{"v": 1}', VersionId: 'v1', IsDefaultVersion: false },
    { Document: '{"v": 2}', VersionId: 'v2' },
  ]
  test('the version in effect counts, however it is marked', () => {
    expect(
      policyEntitlement(detail({ PolicyVersionList: versions, DefaultVersionId: 'v2' })).document,
    ).toMatchObject({ value: { v: 2 } })
    const marked = versions.map((version) => ({ ...version, IsDefaultVersion: version.VersionId === 'v1' }))
    expect(
      policyEntitlement(detail({ PolicyVersionList: marked, DefaultVersionId: 'v2' })).document,
    ).toMatchObject({ value: { v: 1 } })
  })
  test('no version in effect is unknown, and the policy stays', () => {
    const entitlement = policyEntitlement(detail({ PolicyVersionList: [] }))
    expect(entitlement).toMatchObject({
      name: 'ci',
      managedBy: 'customer',
      document: { state: 'unknown', why: 'malformed' },
    })
  })
  test('a document in no known syntax is unknown and everything else is kept', () => {
    const [entitlement] = inlineEntitlements('AROA1', [{ PolicyName: 'p', PolicyDocument: '{"Version":' }])
    expect(entitlement).toMatchObject({
      nativeId: 'AROA1/inline/p',
      document: { state: 'unknown', why: 'malformed' },
    })
  })
  test('a document with a language of its own is kept as it is', () => {
    const [entitlement] = inlineEntitlements('AROA1', [
      { PolicyName: 'p', PolicyDocument: { Version: '2099-01-01', Rules: 1 } },
    ])
    expect(entitlement?.document).toMatchObject({
      state: 'known',
      value: { Version: '2099-01-01', Rules: 1 },
    })
  })
})

describe('grants', () => {
  test('attached, inline and limiting ones have ids of their own', () => {
    const arn = 'arn:aws:iam::aws:policy/AdministratorAccess'
    const grants = ownGrants({
      id: 'AROA1',
      inline: [{ PolicyName: 'p', PolicyDocument: {} }],
      attached: [{ PolicyArn: arn }],
      boundary: arn,
    })
    expect(grants.map((g) => [g.effect, g.via, g.entitlement])).toEqual([
      ['allow', 'attached', arn],
      ['allow', 'inline', 'AROA1/inline/p'],
      ['limit', 'attached', arn],
    ])
    expect(new Set(grants.map((g) => g.nativeId)).size).toBe(3)
    expect(ownGrants({ id: 'AROA1', inline: [], attached: [], boundary: '' })).toEqual([])
  })
  test('through a group point to the group and its policies', () => {
    const group = toGroup({
      GroupId: 'AGPA1',
      GroupName: 'ops',
      Arn: 'x',
      GroupPolicyList: [{ PolicyName: 'p', PolicyDocument: {} }],
      AttachedManagedPolicies: [{ PolicyArn: 'arn:aws:iam::1:policy/q' }],
    })
    expect(groupGrants('AIDA1', group).map((g) => [g.via, g.viaName, g.entitlement])).toEqual([
      ['group', 'ops', 'arn:aws:iam::1:policy/q'],
      ['group', 'ops', 'AGPA1/inline/p'],
    ])
  })
})

describe('pages', () => {
  const Page = pageOf('Roles', RoleExtra)
  const next = (answer: unknown) => following(Page.parse(answer))
  test('go on while there is more', () => {
    expect(next({ Roles: [], IsTruncated: true, Marker: 'm' })).toEqual({ Marker: 'm' })
    expect(next({ Roles: [], IsTruncated: false, Marker: 'm' })).toBeUndefined()
    expect(next({ Roles: [], IsTruncated: null, Marker: null })).toBeUndefined()
  })
  test.each([
    [{}],
    [{ IsTruncated: false }],
    [{ Roles: null }],
    [{ Roles: [], IsTruncated: true }],
    [{ Roles: [{}] }],
    [undefined],
    [''],
  ])('%j is no page', (answer) => expect(Page.safeParse(answer).success).toBe(false))
})
