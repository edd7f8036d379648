// Shapes of the answers about the policy, for the description of the API. Each is checked against what is answered.
import { z } from 'zod'
import { Instant } from '@/core/fact'
import { Policy } from '@/core/policy'
import { SEVERITIES } from '@/core/rule'
import { SAID, type Moved, type Said } from '@/governance/policy/compare-verdicts'
import type { PolicyChange } from '@/governance/policy/policy-changes'
import type { Preview } from '@/governance/policy/preview-policy'
import type { PolicyVersion, PolicyView } from '@/governance/policy/read-policy'
import { of } from './schemas'

const Issues = z.array(z.object({ path: z.string(), message: z.string() }))
const Severity = z.enum(SEVERITIES)

const version = {
  version: z.int().meta({ description: '0 is what is built in.' }),
  at: Instant.optional(),
  author: z.string().optional(),
  note: z.string(),
  source: z.enum(['interface', 'code', 'built-in']),
}
export const Version = of<PolicyVersion>()(z.object(version))
export const View = of<PolicyView>()(z.object({ ...version, policy: Policy }))

export const Change = of<PolicyChange>()(
  z.object({
    section: z.enum(['rules', 'environments', 'breakGlass', 'suppliers', 'endTags', 'ownerTags']),
    ruleId: z.string().optional(),
    what: z.string(),
    before: z.string().optional(),
    after: z.string().optional(),
  }),
)

const SaidOf = of<Said>()(z.object({ state: z.enum(SAID), severity: Severity.optional() }))
const Named = z.object({
  kind: z.enum(['identity', 'credential', 'secret', 'scope']),
  id: z.string(),
  name: z.string(),
})
const Move = of<Moved>()(
  z.object({ ruleId: z.string(), from: SaidOf, to: SaidOf, count: z.int(), some: z.array(Named) }),
)

export const PreviewAnswer = of<Preview>()(
  z.object({
    version: z.int().meta({ description: 'The version it was compared with.' }),
    changes: z.array(Change),
    warnings: Issues,
    looked: z
      .int()
      .meta({ description: 'How many were judged: identities with their credentials, secrets, scopes.' }),
    of: z.int(),
    isWhole: z.boolean().meta({ description: 'Where it is false, every count is a least.' }),
    notJudged: z
      .int()
      .meta({ description: 'Scopes that were read and not judged yet: nothing is told of them.' }),
    total: z.int().meta({ description: 'Verdicts that would be others.' }),
    moves: z.array(Move),
    newFailures: z
      .record(Severity, z.int())
      .meta({ description: 'Of those that would newly fail, or fail worse, by severity.' }),
    declared: z
      .array(
        z.object({
          identity: z.string(),
          why: z.string(),
          until: z.string(),
          fits: z.int(),
          some: z.array(Named),
        }),
      )
      .meta({
        description: 'How many identities each emergency pattern stands for, where that list changes.',
      }),
  }),
)

export const Saved = z.object({
  version: z.int(),
  before: z.int(),
  changed: z.int(),
  changes: z.array(z.string()).meta({ description: 'The first of them, in words.' }),
  warnings: Issues,
})
