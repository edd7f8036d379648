// What has to be judged anew in one scope: what was noted of it, what analyses say otherwise now, and what time has changed.
import type { Tx } from '@/prisma/client'

type Client = Pick<Tx, '$queryRaw'>
export type UpTo = {
  /** Of `touched`. */
  pass: bigint
  /** The last change that analyses have noted. */
  change: bigint
}

/** Ids of identities, credentials and secrets of the scope, some of them perhaps gone. */
export async function touchedIn(tx: Client, scopeId: string, { pass, change }: UpTo): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH said AS (SELECT identity_id AS id FROM access_change WHERE scope_id = ${scopeId}::uuid AND id <= ${change}::bigint)
    SELECT id FROM touched WHERE scope_id = ${scopeId}::uuid AND pass <= ${pass}::bigint
    UNION SELECT id FROM said
    UNION SELECT c.id FROM said s JOIN credential c ON c.identity_id = s.id
      WHERE c.scope_id = ${scopeId}::uuid AND c.retired_at IS NULL`
  return rows.map(({ id }) => id)
}

/** What was judged is not touched any more, unless it was again. */
export async function forgetTouched(
  tx: Pick<Tx, '$executeRaw'>,
  scopeId: string,
  { pass, change }: UpTo,
): Promise<void> {
  await tx.$executeRaw`DELETE FROM touched WHERE scope_id = ${scopeId}::uuid AND pass <= ${pass}::bigint`
  await tx.$executeRaw`DELETE FROM access_change WHERE scope_id = ${scopeId}::uuid AND id <= ${change}::bigint`
}

/** What time alone may have changed. */
export async function dueBy(tx: Client, scopeId: string, now: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM subject_state WHERE scope_id = ${scopeId}::uuid AND due_at <= ${now}::timestamptz`
  return rows.map(({ id }) => id)
}
