// ClusterSPIFFEIDs judged: how many pods get the same name, and whether that name decides about all others.
import { describe, expect, test } from 'vitest'
import type { Realm } from '@/core/access'
import { kubernetes } from '.'

const TD = 'spiffe://{{ .TrustDomain }}'
const USUAL = `${TD}/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}`
const LABEL = '{{ index .PodMeta.Labels "app" }}'
function told(document: Record<string, unknown> | undefined) {
  const realm: Realm = {
    id: 'c',
    type: 'kubernetes.cluster',
    name: 'c',
    principals: [
      {
        id: 'i',
        type: 'kubernetes.spiffe-id',
        name: 'all',
        aliases: [],
        class: 'machine',
        held: [],
        trusts: [],
      },
    ],
    elsewhere: [],
    runners: [],
    things: [],
    unseen: [],
    rulings: [
      {
        id: 'i',
        type: 'kubernetes.spiffe-id',
        name: 'all',
        language: 'kubernetes-spiffe-id',
        aliases: [],
        ...(document && { document }),
      },
    ],
  }
  return kubernetes
    .within(realm)
    .pitfalls('i')
    .map(({ id, answer, severity, because }) => [id, answer, severity, because[0]])
}
const rule = (spiffeIDTemplate: string, pods = '', namespaces = '', more: object = {}) => ({
  spiffeIDTemplate,
  podSelector: pods,
  namespaceSelector: namespaces,
  ...more,
})

describe('F26', () => {
  test.each<[string, Record<string, unknown>, string, RegExp]>([
    ['one name for every pod', rule(`${TD}/app`), 'high', /every pod of every namespace/],
    ['… that no other picks', rule(`${TD}/app`, '', '', { fallback: true }), 'high', /that no other/],
    ['… of some namespaces', rule(`${TD}/app`, '', 'team=x'), 'low', /namespaces with team=x/],
    [
      'one name for pods with a label anywhere',
      rule(`${TD}/app`, 'app=x'),
      'medium',
      /can write these labels/,
    ],
    [
      'a service account of any namespace',
      rule(`${TD}/{{ .PodSpec.ServiceAccountName }}`),
      'medium',
      /leaves out/,
    ],
    [
      'the name of a pod in any namespace',
      rule(`${TD}/{{ .PodMeta.Name }}`, 'app=x'),
      'medium',
      /pods of one name/,
    ],
    ['a label as the name', rule(`${TD}/${LABEL}`, 'app=x'), 'high', /chooses it/],
    ['… in some namespaces', rule(`${TD}/${LABEL}`, '', 'team=x'), 'medium', /chooses it/],
    ['… beside the namespace', rule(`${TD}/{{ .PodMeta.Namespace }}/${LABEL}`), 'low', /chooses it/],
  ])('%s', (_, document, severity, says) => {
    expect(told(document)).toEqual([['F26', 'yes', severity, expect.stringMatching(says)]])
  })
  test.each<[string, Record<string, unknown>]>([
    ['the usual name for every pod', rule(USUAL)],
    ['the namespace alone', rule(`${TD}/ns/{{ .PodMeta.Namespace }}`)],
    ['a name for each pod', rule(`${TD}/pod/{{ .PodMeta.UID }}`)],
    ['chosen pods of chosen namespaces', rule(`${TD}/app`, 'app=x', 'team=x')],
    ['a service account of chosen namespaces', rule(`${TD}/{{ .PodSpec.ServiceAccountName }}`, '', 'team=x')],
  ])('not %s', (_, document) => expect(told(document)).toEqual([]))
  test('depends on further selectors of its entries', () => {
    expect(told(rule(`${TD}/app`, '', '', { workloadSelectorTemplates: ['k8s:sa:x'] }))).toEqual([
      ['F26', 'depends', 'high', expect.stringContaining('further selectors')],
    ])
  })
  test.each([undefined, {}, { spiffeIDTemplate: 1 }])(
    'depends where it could not be read: %j',
    (document) => {
      expect(told(document)).toEqual([['F26', 'depends', 'low', expect.any(String)]])
    },
  )
})

test.each([
  ['admin', USUAL, 'high'],
  ['downstream', `${TD}/server`, 'critical'],
])('F27: %s by %s is %s', (right, template, severity) => {
  expect(told(rule(template, '', '', { [right]: true }))).toContainEqual([
    'F27',
    'yes',
    severity,
    expect.any(String),
  ])
})
