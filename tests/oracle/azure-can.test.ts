// Azure decides as its documentation says.
import { describe, expect, test } from 'vitest'
import { azure } from '@/evaluators/azure'
import { ROLE_CASES } from './azure-can-cases'
import { DENIAL_CASES } from './azure-denial-cases'
import { VAULT_CASES } from './azure-vault-cases'
import { principal, tenant } from './azure-world'

describe('what roles, denials, conditions and key vaults give', () => {
  test.each([...ROLE_CASES, ...DENIAL_CASES, ...VAULT_CASES])(
    '$name: $answer',
    ({ held, action, resource, answer, more, context, others = [], why }) => {
      const realm = tenant([principal('app', held), ...others.map((id) => principal(id, []))], more)
      const given = azure.within(realm).can('app', { action, resource, ...(context && { context }) })
      expect(given.answer, `${why}: ${given.because.join(' ')}`).toBe(answer)
      expect(given.because.length).toBeGreaterThan(0)
    },
  )
})
