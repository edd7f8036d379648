// The facts of credentials that lie beside their own row: their identity, those beside them, and what their platform says.
import { absent, known, unknown, type Fact, type Instant } from '@/core/fact'
import { groupBy } from '@/core/group-by'
import type { CredentialSubject, Siblings } from '@/core/subject'
import { db } from '@/prisma/client'
import { firstEnd, isValid, type HeldCredential } from './credential-rows'
import { noneOfTypes, seenOf, type FactScope } from './fact-scope'
import { wordFact } from './words'

export type CredentialFacts = Pick<
  CredentialSubject,
  'identityEnabled' | 'lifetimeSeconds' | 'siblings' | 'supersededBy' | 'alternative'
> & { until?: Instant }

type Row = HeldCredential & {
  isAsked: boolean
  identityId: string | null
  lifetimeSeconds: Fact<number> | null
  identityType: string | null
  never: boolean | null
  isGone: boolean
  identityEnabled: Fact<boolean> | null
  /** Whose it is, as its source says. */
  holder: Fact<string> | null
}

/** @param ids of active credentials of the scope, whoever holds them */
export async function credentialFacts(
  scope: FactScope,
  ids: readonly string[],
  now: Instant,
): Promise<Map<string, CredentialFacts>> {
  const rows = await asked(ids)
  const held = groupBy(rows, ({ identityId }) => identityId ?? '')
  return new Map(
    rows
      .filter(({ isAsked }) => isAsked)
      .map((row) => {
        const beside = row.identityId === null ? [] : besideOf(row, held.get(row.identityId) ?? [], now)
        const until = firstEnd(beside, now)
        const facts: CredentialFacts = {
          identityEnabled: enabledOf(row),
          lifetimeSeconds:
            row.lifetimeSeconds ?? absent('credential', 'its value stays until somebody changes it'),
          siblings: siblingsFact(row, beside, scope),
          supersededBy: wordFact(row.type, 'supersededBy'),
          alternative: wordFact(row.type, 'alternative'),
          ...(until !== undefined && { until }),
        }
        return [row.id, facts]
      }),
  )
}

/** Those asked about, and all others of their identities. */
const asked = (ids: readonly string[]) => db.$queryRaw<Row[]>`
  WITH asked AS (SELECT id, identity_id FROM credential WHERE id = ANY(${ids}::uuid[])),
  wanted AS (
    SELECT id FROM asked UNION SELECT c.id FROM credential c
    WHERE c.identity_id IN (SELECT identity_id FROM asked) AND c.retired_at IS NULL AND c.enabled IS NOT FALSE
  )
  SELECT c.id, c.identity_id AS "identityId", c.name, c.type, c.form, c.enabled, c.expires_at AS "expiresAt",
    c.value_made_at AS "madeAt", c.form = 'federated' OR c.doc #>> '{lifetimeSeconds,state}' IS NOT DISTINCT FROM 'known' AS renews,
    c.id = ANY(${ids}::uuid[]) AS "isAsked", c.doc -> 'lifetimeSeconds' AS "lifetimeSeconds", i.type AS "identityType",
    (i.doc ->> 'neverHasCredentials')::boolean AS never, i.retired_at IS NOT NULL AS "isGone",
    i.doc -> 'enabled' AS "identityEnabled", c.doc -> 'identity' AS holder
  FROM wanted JOIN credential c USING (id) LEFT JOIN identity i ON i.id = c.identity_id`

/** That nobody holds it is what its source has to say: one that cannot tell whose it is says nothing about them. */
function enabledOf({ identityId, identityEnabled, isGone, holder }: Row): Fact<boolean> {
  if (identityId === null && holder?.state === 'absent') return absent('credential', 'no identity holds it')
  if (identityId === null)
    return holder?.state === 'unknown'
      ? holder
      : unknown('not-collected', 'identity', 'the identity it belongs to was not seen')
  if (isGone) return absent('identity', 'the identity it belongs to is gone')
  return identityEnabled ?? unknown('not-collected', 'identity', 'the identity it belongs to was not seen')
}

/** Of the same sort and not ended. What renews itself is given to each workload by itself: such values do not follow one another. */
const besideOf = (row: Row, all: readonly Row[], now: Instant): Row[] =>
  row.renews
    ? []
    : all.filter(
        (one) =>
          one.id !== row.id &&
          one.type === row.type &&
          one.form === row.form &&
          one.enabled !== false &&
          !one.renews &&
          isValid(one, now),
      )

/** Known as soon as one is seen that is enabled. When the newest was made is left out where that is not told of every one. */
function siblingsFact(row: Row, beside: readonly Row[], scope: FactScope): Fact<Siblings> {
  if (row.renews) return absent('credential', 'its values follow one another by themselves')
  if (row.identityType === null)
    return unknown('not-collected', 'credential', 'it is not known what it belongs to')
  const none = noneOfTypes(scope, { type: row.identityType, never: false }, [row.type])
  const on = beside.filter(({ enabled }) => enabled === true)
  if (on.length) {
    const made = on.map(({ madeAt }) => madeAt?.getTime())
    const newest = made.every((at) => at !== undefined) ? Math.max(...made) : undefined
    const value = {
      active: on.length,
      ...(newest !== undefined && { newestMadeAt: new Date(newest).toISOString() }),
    }
    return { ...known(value, 'credential'), ...seenOf(none) }
  }
  if (beside.length)
    return unknown('not-offered', 'credential', 'it is not told whether the one beside it is enabled')
  return none
}
