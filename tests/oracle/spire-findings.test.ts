// From an entry to a finding: each weak spot of SPIFFE IDs is told by the rule of its topic, and by no other.
import { expect, test } from 'vitest'
import type { Principal, Realm, Ruling } from '@/core/access'
import { evaluate } from '@/core/rule'
import { kubernetes } from '@/evaluators/kubernetes'
import { spire } from '@/evaluators/spire'
import type { LookRow } from '@/governance/evaluation/absence'
import type { VerdictRow } from '@/governance/evaluation/rows'
import { trustFact } from '@/governance/evaluation/trust-fact'
import placement from '@/rules/identity-placement-only/rule'
import controls from '@/rules/identity-trust-controls/rule'
import loose from '@/rules/identity-trust-loose/rule'
import { identity } from '@/rules/specimens'

const NOW = '2026-09-30T00:00:00Z'
const TD = 'spiffe://acme.example'
const at = new Date('2026-09-29T00:00:00Z')
const WHOLE: LookRow[] = [
  {
    stream: 'entries',
    kind: 'trust',
    at,
    state: 'complete',
    why: null,
    permission: null,
    detail: null,
    completeAt: at,
    about: [],
  },
]
const bare: Omit<Principal, 'id' | 'type'> = {
  name: 'x',
  aliases: [],
  class: 'machine',
  held: [],
  trusts: [],
}
const realm = (type: string, different: Partial<Realm>): Realm => ({
  id: TD,
  type,
  name: 'acme.example',
  principals: [],
  elsewhere: [],
  runners: [],
  rulings: [],
  things: [],
  unseen: [],
  ...different,
})
const entry = (selectors: string[], more: object = {}): Principal['trusts'][number] => ({
  id: 'entry',
  principalType: 'identity',
  principal: `${TD}/nodes`,
  effect: 'allow',
  actions: ['attest'],
  conditions: { parent: `${TD}/nodes`, selectors, ...more },
})
const workload = (different: Partial<Principal>): Principal => ({
  ...bare,
  id: `${TD}/w`,
  type: 'spire.workload',
  trusts: [entry(['k8s:ns:a', 'k8s:sa:b'])],
  ...different,
})
const judged = (one: Principal, elsewhere: Principal[] = []) =>
  spire.within(realm('spire.trust-domain', { principals: [one], elsewhere })).pitfalls(one.id)
const given = (spiffeIDTemplate: string) => {
  const ruling: Ruling = {
    id: 'i',
    type: 'kubernetes.spiffe-id',
    name: 'all',
    aliases: [],
    language: 'kubernetes-spiffe-id',
    document: { spiffeIDTemplate, podSelector: '', namespaceSelector: '' },
  }
  const one: Principal = { ...bare, id: 'i', type: 'kubernetes.spiffe-id' }
  return kubernetes
    .within(realm('kubernetes.cluster', { principals: [one], rulings: [ruling] }))
    .pitfalls('i')
}
const right: Principal['held'][number] = {
  id: 'admin',
  name: 'admin',
  language: 'spire-entry',
  effect: 'allow',
  via: 'attached',
  document: { right: 'admin' },
}
const partner: Principal = {
  ...bare,
  id: 'role',
  type: 'cloud.role',
  name: 'partner-upload',
  trusts: [
    {
      id: 't',
      principalType: 'federated',
      principal: 'oidc',
      effect: 'allow',
      actions: [],
      conditions: { like: { sub: 'spiffe://partner.example/*' } },
    },
  ],
}
const federating = workload({
  trusts: [entry(['k8s:ns:a', 'k8s:sa:b'], { federates_with: ['partner.example'] })],
})

const RULES = { placement, controls, loose }
const states = (pitfalls: ReturnType<typeof judged>) => {
  const verdict = { platform: 'sample', pitfalls } as unknown as VerdictRow
  const subject = identity({ trustWeaknesses: trustFact(verdict, WHOLE) })
  return Object.entries(RULES).flatMap(([name, rule]) => {
    const { state } = evaluate(rule, subject, {}, NOW)
    return state === 'pass' ? [] : [`${name} ${state}`]
  })
}

test.each<[string, ReturnType<typeof judged>, string[]]>([
  ['nothing', judged(workload({})), []],
  ['F25, a wide entry', judged(workload({ trusts: [entry(['k8s:ns:a'])] })), ['placement fail']],
  [
    'F25, one that is not understood',
    judged(workload({ trusts: [entry(['own:x'])] })),
    ['placement unknown'],
  ],
  ['F26, one name for every pod', given('spiffe://{{ .TrustDomain }}/app'), ['placement fail']],
  ['F27, an administrator', judged(workload({ held: [right] })), ['controls fail']],
  ['F28, a partner whom somebody lets in', judged(federating, [partner]), ['loose fail']],
  ['F28, a partner', judged(federating), ['loose unknown']],
])('%s', (what, pitfalls, told) => {
  expect(pitfalls.map(({ id }) => id)).toEqual(told.length ? [what.slice(0, 3)] : [])
  expect(states(pitfalls)).toEqual(told)
})
