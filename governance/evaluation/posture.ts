// The joined facts and counts of identities, kept beside them so that lists can filter and sort. Written once, where they differ.
import { isDeepStrictEqual } from 'node:util'
import type { Fact, Instant } from '@/core/fact'
import { NO_SEVERITY } from '@/core/score'
import type { IdentitySubject } from '@/core/subject'
import { addFacets, dropFacets } from '@/inventory/facets/recount'
import type { Tx } from '@/prisma/client'
import type { Open } from './judge'
import { CONFIRMED } from './owner'
import type { CredentialRow, PostureRow } from './rows'

/** Forms whose value stays the same until somebody changes it. */
export const LASTING_FORMS: ReadonlySet<string> = new Set(['static-key', 'ssh-key', 'password', 'token'])

/**
 * When it was confirmed moves with every look and is told by the looks; kept here it would make a version each time. When
 * people confirmed it is theirs, and moves only with them.
 */
function timeless<T>(fact: Fact<T>): Fact<T> {
  if (fact.state === 'unknown' || fact.source === CONFIRMED) return fact
  const { at: _, unconfirmed: __, ...rest } = fact
  return rest
}

/**
 * @param open what is kept of what was judged about the identity and its credentials
 * @param seen whether every place that can hold credentials was once seen whole, or it cannot hold any
 */
export function postureOf(
  subject: IdentitySubject,
  credentials: readonly CredentialRow[],
  open: readonly Open[],
  seen: boolean,
): PostureRow {
  let oldest: Date | null = null
  for (const { form, on, madeAt } of credentials)
    if (on !== false && madeAt && LASTING_FORMS.has(form) && (!oldest || madeAt < oldest)) oldest = madeAt
  let [failing, unknowns, worst, worstOpen] = [0, 0, NO_SEVERITY, NO_SEVERITY]
  for (const { verdict, severity } of open) {
    worstOpen = Math.min(worstOpen, severity)
    if (verdict.state === 'unknown') unknowns++
    if (verdict.state !== 'fail') continue
    failing++
    worst = Math.min(worst, severity)
  }
  return {
    identityId: subject.id,
    owner: timeless(subject.owner),
    privilege: timeless(subject.privilege),
    credentials: credentials.length,
    credentialsState: seen ? 'known' : 'unknown',
    oldest,
    failing,
    unknowns,
    worst,
    worstOpen,
  }
}

export const postureDiffers = (before: PostureRow | undefined, after: PostureRow): boolean =>
  !before || !isDeepStrictEqual(before, after)

const rowOf = ({ owner, privilege, ...row }: PostureRow) => ({
  id: row.identityId,
  owner,
  privilege,
  owner_state: owner.state,
  owner_name: owner.state === 'known' ? owner.value.name : null,
  privilege_class: privilege.state === 'known' ? privilege.value.class : 'unknown',
  credentials: row.credentials,
  credentials_state: row.credentialsState,
  oldest: row.oldest,
  failing: row.failing,
  unknowns: row.unknowns,
  worst: row.worst,
  worst_open: row.worstOpen,
})

/**
 * Writes rows that differ, and moves the identities from one count to the other in the same breath.
 * @param moves false where so many move that the counts are better made anew in the end
 */
export async function writePosture(
  tx: Tx,
  scopeId: string,
  postures: readonly PostureRow[],
  now: Instant,
  moves: boolean,
): Promise<void> {
  if (!postures.length) return
  const rows = postures.map(rowOf)
  if (moves) await addFacets(tx, scopeId, rows)
  else await dropFacets(tx, scopeId)
  await tx.$executeRaw`
    INSERT INTO posture AS p (identity_id, scope_id, type, class, owner, privilege, owner_state, owner_name, privilege_class,
      credentials, credentials_state, oldest_credential_at, failing, unknowns, worst, worst_open, evaluated_at, valid_from,
      known_from)
    SELECT t.id, ${scopeId}::uuid, i.type, i.class, t.owner, t.privilege, t.owner_state, t.owner_name, t.privilege_class, t.credentials,
      t.credentials_state, t.oldest, t.failing, t.unknowns, t.worst, t.worst_open, ${now}::timestamptz, ${now}::timestamptz, (SELECT knowledge_now())
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t (id uuid, owner jsonb, privilege jsonb, owner_state text,
      owner_name text, privilege_class text, credentials int, credentials_state text, oldest timestamptz, failing int,
      unknowns int, worst int, worst_open int)
    JOIN identity i ON i.id = t.id
    ON CONFLICT (identity_id) DO UPDATE SET owner = excluded.owner, privilege = excluded.privilege,
      owner_state = excluded.owner_state, owner_name = excluded.owner_name, privilege_class = excluded.privilege_class,
      credentials = excluded.credentials, credentials_state = excluded.credentials_state,
      oldest_credential_at = excluded.oldest_credential_at, failing = excluded.failing, unknowns = excluded.unknowns,
      worst = excluded.worst, worst_open = excluded.worst_open, evaluated_at = excluded.evaluated_at, valid_from = excluded.valid_from
    WHERE (p.owner, p.privilege, p.owner_state, p.owner_name, p.privilege_class, p.credentials, p.credentials_state,
        p.oldest_credential_at, p.failing, p.unknowns, p.worst, p.worst_open) IS DISTINCT FROM
      (excluded.owner, excluded.privilege, excluded.owner_state, excluded.owner_name, excluded.privilege_class,
        excluded.credentials, excluded.credentials_state, excluded.oldest_credential_at, excluded.failing,
        excluded.unknowns, excluded.worst, excluded.worst_open)`
}
