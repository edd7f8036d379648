// Proposals for roles of a server of secrets: enough for what its log tells of mounts, never more than now.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Held, Platform } from '@/core/access'
import { Budget } from '@/evaluators/budget'
import { Access } from '@/evaluators/vault/can'
import { deedIn } from '@/evaluators/vault/propose'
import { readHeld } from '@/evaluators/vault/rules'
import { held, propose, realmOf, WHO } from './proposing'

describe('a server of secrets', () => {
  /** The policies alone. */
  const platform: Platform = {
    id: 'vault',
    languages: ['vault'],
    realms: ['vault.cluster'],
    escalations: [],
    within: (realm) => ({
      can: (_, { action, resource }) => {
        const own = realm.principals[0]?.held ?? []
        const { value, because } = new Access(
          readHeld(
            own.map(({ name, effect, via, document }) => ({
              name,
              effect,
              via,
              ...(document && { document }),
            })),
          ),
          new Budget(1e6),
        ).can(resource, action)
        return { answer: value, because }
      },
      privileges: () => ({ certain: 'none', possible: 'none', because: [] }),
      steps: () => ({ steps: [], more: false }),
      admits: () => ({ answer: 'depends', because: [] }),
      pitfalls: () => [],
    }),
  }
  const policy = (name: string, ...paths: Record<string, unknown>[]): Held =>
    held({ id: name, language: 'vault', document: { paths } })
  const at = (path: string, ...capabilities: string[]) => ({ path, capabilities })
  const told = (own: Held[], ...uses: string[]) =>
    propose(platform, realmOf('vault.cluster', { held: own }), uses)

  test('a policy for everything becomes one for the mounts and deeds that were seen', () => {
    const { answer } = told(
      [policy('everything', at('*', 'create', 'read', 'update', 'delete', 'list', 'sudo'))],
      'read on kv/…',
      'list on kv/…',
      'credential from database/creds/shop',
      'sign-in through auth/approle',
    )
    expect(answer.why).toBe('')
    expect(answer.files[0]?.text).toBe(`path "database/creds/shop" {
  capabilities = ["create", "read", "sudo", "update"]
}
path "kv/*" {
  capabilities = ["list", "read", "sudo"]
}
`)
  })
  test('a narrower path that was not used stays closed under a wider one that was', () => {
    const own = [policy('p', at('kv/*', 'read'), at('kv/data/root', 'list'), at('ssh/*', 'update'))]
    const { answer } = told(own, 'read on kv/…')
    expect(answer.files[0]?.text).toContain('path "kv/data/root" {\n  capabilities = ["deny"]')
    expect(answer.files[0]?.text).not.toContain('ssh')
  })
  test.each([
    [
      'parameters are limited',
      [policy('p', { ...at('kv/*', 'read'), allowed_parameters: ['ttl'] })],
      'read on kv/…',
      /cannot be written down again/,
    ],
    [
      'nothing it holds gives that',
      [policy('p', at('ssh/*', 'read'))],
      'read on kv/…',
      /nothing that it holds now gives that/,
    ],
    ['only what failed is told', [policy('p', at('kv/*', 'read'))], 'denied read on kv/…', /Nothing tells/],
  ])('withheld where %s', (_, own, use, why) => expect(told(own, use).answer.why).toMatch(why))
  test('a log names no paths: no right below a mount is told as seen', () => {
    const own = policy('p', at('kv/data/a', 'read', 'delete'), at('database/creds/shop', 'read'))
    expect(told([own], 'read on kv/…', 'credential from database/creds/shop').rights(own)).toEqual({
      told: true,
      rights: [
        { name: 'read on kv/data/a', use: 'may-be' },
        { name: 'delete on kv/data/a', use: 'not-seen' },
        { name: 'read on database/creds/shop', use: 'seen' },
      ],
    })
    expect(deedIn('sign-in through auth/kubernetes')).toBeUndefined()
  })
  const path = fc.constantFrom(
    '*',
    'kv/*',
    'kv/data/*',
    'kv/data/a',
    'kv/+/a',
    'ssh/*',
    'sys/policies/acl/*',
    'sys/*',
    'database/creds/shop',
    'database/*',
  )
  const capability = fc.constantFrom('read', 'list', 'update', 'delete', 'deny')
  const policies = fc.array(
    fc.array(fc.record({ path, capabilities: fc.uniqueArray(capability, { minLength: 1 }) }), {
      maxLength: 3,
    }),
    { maxLength: 3 },
  )
  const uses = fc.array(
    fc.constantFrom(
      'read on kv/…',
      'list on kv/…',
      'write on ssh/…',
      'read on sys/policies',
      'credential from database/creds/shop',
      'call on kv/…',
    ),
    { minLength: 1, maxLength: 3 },
  )
  test('it is never more than now, and enough for what was seen', () => {
    fc.assert(
      fc.property(policies, uses, (documents, seen) => {
        const own = documents.map((paths, n) => policy(`p${n}`, ...paths))
        const { proposal } = told(own, ...seen)
        if (!proposal.made) return
        const now = platform.within(realmOf('vault.cluster', { held: own }))
        const then = platform.within(proposal.realm)
        for (const action of ['read', 'list', 'update', 'delete'])
          for (const resource of [
            'kv/data/a',
            'kv/data/b',
            'kv/metadata/a',
            'kv/x',
            'ssh/x',
            'sys/policies/acl/a',
            'sys/mounts',
            'database/creds/shop',
            'database/creds/b',
            'other/x',
          ])
            if (then.can(WHO, { action, resource }).answer === 'yes')
              expect([now.can(WHO, { action, resource }).answer, action, resource]).toEqual([
                'yes',
                action,
                resource,
              ])
      }),
      { numRuns: 400 },
    )
  })
})
