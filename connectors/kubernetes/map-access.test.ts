// What roles and bindings mean: rules that are brought together, subjects by id or by name, groups and their members.
import { describe, expect, test } from 'vitest'
import { grants, named } from './map-bindings'
import { entitlement } from './map-roles'
import * as shapes from './shapes'

const UID = 'cluster-1'

describe('a role', () => {
  const role = (name: string, more: { metadata?: object; rules?: object[]; aggregationRule?: object } = {}) =>
    shapes.Role.parse({ rules: [], ...more, metadata: { uid: name, name, ...more.metadata } })
  const rule = (resource: string) => ({ verbs: ['get'], apiGroups: [''], resources: [resource] })
  const by = (label: string) => ({ clusterRoleSelectors: [{ matchLabels: { [label]: 'true' } }] })
  const all = [
    role('top', { aggregationRule: by('to-top') }),
    role('middle', { metadata: { labels: { 'to-top': 'true' } }, aggregationRule: by('to-middle') }),
    role('a', { metadata: { labels: { 'to-middle': 'true' } }, rules: [rule('a')] }),
    role('b', { metadata: { labels: { 'to-top': 'true', 'to-middle': 'true' } }, rules: [rule('b')] }),
    role('circle', {
      metadata: { labels: { 'to-circle': 'true', 'to-middle': 'true' } },
      aggregationRule: by('to-top'),
    }),
  ]
  const documentOf = (name: string) => {
    const { document } = entitlement(
      all.find(({ metadata }) => metadata.name === name)!,
      all,
    )
    return document.state === 'known' ? document.value : {}
  }
  test('that is aggregated and not filled in yet is computed, through others and round no circle', () => {
    expect(documentOf('top')).toMatchObject({ rules: [rule('b'), rule('a')], computedFrom: ['b', 'middle'] })
    expect(documentOf('a')).toEqual({ rules: [rule('a')] })
  })
  test('that was filled in is taken as it is', () => {
    const filled = role('filled', { aggregationRule: by('to-top'), rules: [rule('c')] })
    expect(entitlement(filled, all).document).toMatchObject({ value: { rules: [rule('c')] } })
  })
})

describe('a binding', () => {
  const binding = (subjects: object[], roleRef = { kind: 'ClusterRole', name: 'view' }, namespace?: string) =>
    shapes.Binding.parse({ metadata: { uid: 'b', name: 'b', namespace }, roleRef, subjects })
  const accounts = new Map([['system:serviceaccount:shop:a', 'uid-a']])
  const subjects = [
    { kind: 'ServiceAccount', name: 'a', namespace: 'shop' },
    { kind: 'ServiceAccount', name: 'gone', namespace: 'shop' },
    { kind: 'User', name: 'system:serviceaccount:shop:a' },
    { kind: 'User', name: 'system:node:n1' },
    { kind: 'User', name: 'alice@acme.example' },
    { kind: 'Group', name: 'system:serviceaccounts:shop' },
  ]
  test('gives each subject its role, by id where there is one and else by name', () => {
    expect(grants(binding(subjects), accounts).map(({ identity }) => identity)).toEqual([
      'uid-a',
      'system:serviceaccount:shop:gone',
      'uid-a',
      'system:node:n1',
      'user:alice@acme.example',
      'group:system:serviceaccounts:shop',
    ])
  })
  test('of the cluster that names a service account without its namespace gives nobody anything', () => {
    const nowhere = { kind: 'ServiceAccount', name: 'a' }
    const known = new Map([['system:serviceaccount:default:a', 'uid-default']])
    expect(grants(binding([nowhere, subjects[4]!]), known).map(({ identity }) => identity)).toEqual([
      'user:alice@acme.example',
    ])
    expect(named(binding([nowhere]), UID)).toEqual([])
    expect(grants(binding([nowhere], undefined, 'default'), known).map(({ identity }) => identity)).toEqual([
      'uid-default',
    ])
  })
  test('gives nothing to a subject of a kind that the server does not know', () => {
    const odd = binding([{ kind: 'Robot', name: 'r2' }, subjects[4]!])
    expect(grants(odd, accounts).map(({ identity }) => identity)).toEqual(['user:alice@acme.example'])
    expect(named(odd, UID).map(({ nativeId }) => nativeId)).toEqual(['user:alice@acme.example'])
  })
  test('names users and groups that are nothing else', () => {
    const found = named(binding(subjects), UID)
    expect(found.map(({ nativeId, class: as }) => [nativeId, as])).toEqual([
      ['user:alice@acme.example', 'human'],
      ['group:system:serviceaccounts:shop', 'provider'],
    ])
    expect(found[1]?.links).toMatchObject([
      { match: 'pattern', value: 'cluster-1|shop/*', means: 'becomes-this' },
    ])
  })
  test('of a namespace may hold a role of it, and says where it holds', () => {
    const own = grants(
      binding([{ kind: 'ServiceAccount', name: 'a' }], { kind: 'Role', name: 'r' }, 'shop'),
      accounts,
    )
    expect(own).toMatchObject([
      { identity: 'uid-a', entitlement: 'role/shop/r', viaName: 'RoleBinding shop/b', place: 'shop' },
    ])
    const bound = grants(binding(subjects.slice(0, 1), undefined, 'other'), accounts)
    expect(bound).toMatchObject([{ entitlement: 'clusterrole/view', place: 'other' }])
    expect(grants(binding(subjects.slice(0, 1)), accounts)[0]).not.toHaveProperty('place')
    const twice = binding([subjects[0]!, subjects[0]!])
    expect(grants(twice, accounts)).toHaveLength(1)
  })
  test('without the list of service accounts tells of users and groups only', () => {
    expect(grants(binding(subjects), undefined).map(({ identity }) => identity)).toEqual([
      'system:node:n1',
      'user:alice@acme.example',
      'group:system:serviceaccounts:shop',
    ])
  })
})
