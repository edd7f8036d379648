// Which entry of an OWNERS file speaks of each identity: the last one that matches, as in files of code owners.
import { hiddenSamples } from '@/inventory/queries/counted-scopes'
import type { Tx } from '@/prisma/client'
import { invalid } from '../../command'
import type { Entry } from './owners-file'

/** Of so many identities one file may say who answers. */
export const IDENTITIES_MAX = 30_000

/** `*` and `?` as a pattern of SQL; everything else is meant as it stands. */
export const likeOf = (pattern: string): string =>
  pattern
    .replace(/[\\%_]/g, '\\$&')
    .replaceAll('*', '%')
    .replaceAll('?', '_')
const like = (pattern: string | undefined) => (pattern === undefined ? undefined : likeOf(pattern))

const rowOf = ({ match: { name, type, scope, label } }: Entry, n: number) => ({
  ...{ n, name: like(name), type: like(type), scope: like(scope) },
  ...(label && {
    label: Object.fromEntries(Object.entries(label).map(([key, value]) => [key, likeOf(value)])),
  }),
})

/**
 * By the id of an identity, the place of its entry. What is gone from its source is left out.
 * @throws RollcallError `invalid` where they are more than one file may be about
 */
export async function matchedBy(
  tx: Pick<Tx, '$queryRaw'>,
  entries: readonly Entry[],
): Promise<Map<string, number>> {
  const hidden = await hiddenSamples(undefined)
  const rows = await tx.$queryRaw<{ id: string; n: number }[]>`
    SELECT DISTINCT ON (i.id) i.id, e.n
    FROM jsonb_to_recordset(${JSON.stringify(entries.map(rowOf))}::jsonb) AS e (n int, name text, type text, scope text, label jsonb)
      JOIN identity i ON i.retired_at IS NULL AND (e.name IS NULL OR i.name ILIKE e.name OR i.native_id ILIKE e.name)
        AND (e.type IS NULL OR i.type ILIKE e.type)
      JOIN scope s ON s.id = i.scope_id AND (e.scope IS NULL OR s.name ILIKE e.scope OR s.native_id ILIKE e.scope)
    WHERE i.scope_id <> ALL(${hidden}::uuid[]) AND (e.label IS NULL OR NOT EXISTS (
      SELECT 1 FROM jsonb_each_text(e.label) l WHERE NOT coalesce((i.doc -> 'tags' -> 'value' ->> l.key) ILIKE l.value, FALSE)))
    ORDER BY i.id, e.n DESC LIMIT ${IDENTITIES_MAX + 1}::int`
  if (rows.length > IDENTITIES_MAX)
    throw invalid([
      {
        path: 'file',
        message: `matches more than ${IDENTITIES_MAX.toLocaleString('en')} identities. Narrow its patterns.`,
      },
    ])
  return new Map(rows.map(({ id, n }) => [id, n]))
}
