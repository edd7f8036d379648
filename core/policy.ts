// What an organisation has decided: limits of rules, environments, emergency identities, suppliers. Kept in versions.
import { z } from 'zod'
import { SEVERITIES } from './rule'

/** So many entries of each list, so long each text. */
const LIST_MAX = 500
const Text = z.string().trim().min(1).max(300)
const Reason = z.string().trim().min(3, { error: 'say why, in a few words' }).max(1000)
const Day = z.iso.date({ error: 'must be a day, like 2026-09-30' })
/** A name or native id; `*` stands for any text. Matched whole, without regard to case. */
const Pattern = Text
const listOf = <T extends z.ZodType>(one: T) => z.array(one).max(LIST_MAX).default([])

/** What may differ from the rule's own defaults. */
const Setting = {
  /** The rule's own parameters, by name. */
  params: z.record(z.string(), z.unknown()).optional(),
  severity: z.enum(SEVERITIES).optional(),
}
/** For some subjects only: the first that fits counts. */
const Special = z.strictObject({
  types: z.array(Text).max(LIST_MAX).optional(),
  environments: z.array(Text).max(LIST_MAX).optional(),
  ...Setting,
})
export const RulePolicy = z.strictObject({
  /** Why the rule is turned off, where it is. */
  off: Reason.optional(),
  ...Setting,
  for: listOf(Special),
})
export type RulePolicy = z.infer<typeof RulePolicy>

export const Policy = z.strictObject({
  /** By id of rule. */
  rules: z.record(z.string(), RulePolicy).default({}),
  environments: z
    .strictObject({
      /** Tags, labels and annotations that name an environment. */
      tags: listOf(Text),
      /** Environments by the names that stand for them. The first is what isolation protects. */
      names: listOf(
        z.strictObject({ environment: Text, also: listOf(Pattern), production: z.boolean().default(false) }),
      ),
      /** Scopes and namespaces whose name tells. */
      places: listOf(z.strictObject({ place: Pattern, environment: Text })),
    })
    .prefault({}),
  /** Tags that name the day on which an identity is to end. */
  endTags: listOf(Text),
  /** Tags that name who answers for an identity, beside those that everybody calls so. */
  ownerTags: listOf(Text),
  /** Identities for emergencies: ordinary rules leave them out, and each use of them is told. */
  breakGlass: listOf(z.strictObject({ identity: Pattern, why: Reason, until: Day })),
  suppliers: listOf(
    z.strictObject({
      name: Text,
      identities: listOf(Pattern),
      endedOn: Day.optional(),
      contact: Text.optional(),
    }),
  ),
})
export type Policy = z.infer<typeof Policy>

/** What counts as long as nobody has decided anything. */
export const DEFAULT_POLICY: Policy = Policy.parse({
  environments: {
    tags: ['environment', 'env', 'stage'],
    names: [
      { environment: 'production', also: ['prod', 'prd', 'live'], production: true },
      { environment: 'staging', also: ['stage', 'stg', 'preprod', 'pre-production', 'uat'] },
      { environment: 'test', also: ['testing', 'tst', 'qa', 'ci'] },
      { environment: 'development', also: ['dev', 'develop', 'sandbox', 'playground'] },
    ],
    places: [
      { place: '*-prod', environment: 'production' },
      { place: 'prod-*', environment: 'production' },
      { place: '*-production', environment: 'production' },
      { place: 'production', environment: 'production' },
      { place: 'prod', environment: 'production' },
      { place: '*-staging', environment: 'staging' },
      { place: 'staging', environment: 'staging' },
      { place: '*-test', environment: 'test' },
      { place: '*-dev', environment: 'development' },
      { place: 'dev-*', environment: 'development' },
      { place: 'dev', environment: 'development' },
      { place: '*-sandbox', environment: 'development' },
    ],
  },
  endTags: ['expires', 'expires-on', 'expiry', 'end-date', 'decommission-by', 'review-by', 'ttl-date'],
})
