// Steps in a tenant are the ones that documentation gives, and no others.
import { describe, expect, test } from 'vitest'
import type { Step } from '@/core/access'
import { azure } from '@/evaluators/azure'
import { DIRECTORY_STEP_CASES } from './azure-directory-step-cases'
import { STEP_CASES } from './azure-step-cases'
import { principal, tenant } from './azure-world'

const told = ({ by, to, answer }: Step): string =>
  `${by} ${to.kind}${'id' in to ? ` ${to.id}` : ''}: ${answer}`

describe('steps', () => {
  test.each([...STEP_CASES, ...DIRECTORY_STEP_CASES])(
    '$name',
    ({ held, steps, never = [], others = [], more, own, why }) => {
      const realm = tenant([principal('app', held, own), ...others], more)
      const found = azure.within(realm).steps('app')
      const lines = found.steps.map(told)
      for (const step of steps) expect(lines, why).toContain(step)
      for (const start of never)
        expect(
          lines.filter((line) => line.startsWith(start)),
          why,
        ).toEqual([])
      expect(found.more).toBe(false)
      const known = new Set(['trust', ...azure.escalations.map(({ id }) => id)])
      expect(found.steps.filter(({ by, because }) => !known.has(by) || because.length === 0)).toEqual([])
    },
  )
})
