// Steps to what runs, against asking about each resource alone: what is worked out once for many must hold for each.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Held, Realm, Ruling } from '@/core/access'
import { azure } from '.'
import { ARM } from './escalations'

const GROUP = '/providers/microsoft.management/managementgroups/m'
const S = '/subscriptions/s1'
const VMS = 'providers/microsoft.compute/virtualmachines'
const machines = [
  `${S}/resourcegroups/a/${VMS}/one`,
  `${S}/resourcegroups/a/${VMS}/other`,
  `${S}/resourcegroups/ab/${VMS}/one`,
  `/subscriptions/s2/resourcegroups/a/${VMS}/one`,
]
const scopes = ['/', GROUP, S, '/subscriptions/s2', `${S}/resourcegroups/a`, ...machines]
const onMachines = ARM.filter(({ on }) => on.at === 'runner' && on.type === VMS.slice('providers/'.length))

const scope = fc.constantFrom(...scopes)
const permissions = fc
  .array(
    fc.constantFrom(
      '*',
      'Microsoft.Compute/*',
      '*/read',
      '*/action',
      ...onMachines.flatMap((one) => one.needs),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((actions) => [{ actions, dataActions: ['*'] }])
const NAMED = "@Resource[Microsoft.Compute/virtualMachines:name] StringEquals 'one'"
const condition = fc.constantFrom(undefined, undefined, undefined, NAMED)

const role = fc.record({ scope, permissions, condition })
const denial = fc.record({ scope, permissions, here: fc.boolean() })
const base = { language: 'azure-rbac', name: 'x', aliases: [] }

function realmOf(
  roles: readonly { scope: string; permissions: unknown; condition: string | undefined }[],
  denials: readonly { scope: string; permissions: unknown; here: boolean }[],
): Realm {
  const definitions = roles.map(({ permissions: of }, n): Ruling => ({
    ...base,
    id: `r${n}`,
    type: 'azure.role-definition',
    document: { kind: 'definition', permissions: of, assignableScopes: ['/'] },
  }))
  const denied = denials.map(({ scope: at, permissions: of, here }, n): Ruling => ({
    ...base,
    id: `d${n}`,
    type: 'azure.deny-assignment',
    document: {
      kind: 'denied',
      scope: at,
      permissions: of,
      principals: ['*'],
      excludePrincipals: [],
      doNotApplyToChildScopes: here,
    },
  }))
  const held = roles.map(({ scope: at, condition: text }, n): Held => ({
    id: `h${n}`,
    name: `r${n}`,
    language: 'azure-rbac',
    effect: 'allow',
    via: 'attached',
    document: {
      kind: 'assigned',
      role: `r${n}`,
      scope: at,
      ...(text !== undefined && { condition: text, conditionVersion: '2.0' }),
    },
  }))
  const app = { id: 'app', type: 'azure.application', name: 'app', aliases: [], class: 'machine' as const }
  return {
    id: 'tenant',
    type: 'azure.tenant',
    name: 't',
    principals: [{ ...app, held, trusts: [] }],
    elsewhere: [],
    runners: machines.map((id) => ({ id, type: 'azure.resource', name: id, aliases: [], uses: [] })),
    rulings: [...definitions, ...denied],
    things: [],
    unseen: [],
  }
}

const planed = (need: string): string => (need.startsWith('data:') ? need : `control:${need}`)
const WORST = ['no', 'depends', 'yes'] as const

test('a step to a machine is told where each of its actions is answered so on that machine', () => {
  let told = 0
  fc.assert(
    fc.property(
      fc.array(role, { minLength: 1, maxLength: 4 }),
      fc.array(denial, { maxLength: 3 }),
      (roles, denials) => {
        const access = azure.within(realmOf(roles, denials))
        const { steps } = access.steps('app')
        for (const { id, needs, open } of onMachines)
          for (const machine of machines) {
            const answers = needs.map(
              (need) => access.can('app', { action: planed(need), resource: machine }).answer,
            )
            const least = WORST.find((one) => answers.includes(one)) ?? 'no'
            const wanted = least === 'yes' && open !== undefined ? 'depends' : least
            const step = steps.find(({ to, by }) => by === id && 'id' in to && to.id === machine)
            if (step) told++
            expect([machine, id, step?.answer ?? 'no']).toEqual([machine, id, wanted])
          }
      },
    ),
    { numRuns: 200 },
  )
  expect(told).toBeGreaterThan(500)
})
