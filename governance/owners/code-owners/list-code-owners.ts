// The repositories whose CODEOWNERS files were brought, in the order of their names.
import { z } from 'zod'
import type { Actor } from '@/core/permissions'
import { containing, iso } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import { authorise } from '../../authorise'

export const CodeOwnersFilter = z.object({
  /** Part of the name of a repository. */
  q: z.string().trim().toLowerCase().max(300).optional(),
  after: z.string().max(300).optional(),
  size: z.coerce.number().int().min(1).max(500).default(100),
})
export type CodeOwnersFilter = z.infer<typeof CodeOwnersFilter>

export type CodeOwnersView = {
  repository: string
  ref: string
  hash: string
  author: string
  at: string
  rules: number
  notRead: number
}

export async function listCodeOwners(
  actor: Actor | null,
  { q, after, size = 100 }: Partial<CodeOwnersFilter> = {},
): Promise<{ rows: CodeOwnersView[]; next?: string }> {
  authorise(actor, 'person:read')
  const found = await db.$queryRaw<(Omit<CodeOwnersView, 'at'> & { at: Date })[]>`
    SELECT repository, ref, hash, author, at, rules, not_read AS "notRead" FROM code_owners
    WHERE (${q ?? null}::text IS NULL OR repository LIKE ${containing(q ?? '')}) AND repository > ${after ?? ''}
    ORDER BY repository LIMIT ${size + 1}::int`
  const rows = found.slice(0, size).map((row) => ({ ...row, at: iso(row.at) }))
  const last = rows.at(-1)
  return { rows, ...(found.length > size && last && { next: last.repository }) }
}
