// The OWNERS file that counts: its text, where it is from, and how what stands differs from it now.
import type { Actor } from '@/core/permissions'
import { compact, iso } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { authorise } from '../../authorise'
import { PARTS, type Part } from '../parts'

const PAST_MAX = 20

/** Over `owner_declared d` and `ownership o`: whether what stands is another than the file says. */
export const DIFFERS = Prisma.sql`((d.person_id IS NOT NULL AND o.person_id IS DISTINCT FROM d.person_id)
  OR (d.team_id IS NOT NULL AND o.team_id IS DISTINCT FROM d.team_id)
  OR (d.backup_id IS NOT NULL AND o.backup_id IS DISTINCT FROM d.backup_id)
  OR (d.contact_id IS NOT NULL AND o.contact_id IS DISTINCT FROM d.contact_id))`

export type FileVersion = {
  version: number
  hash: string
  ref: string
  author: string
  at: string
  entries: number
  identities: number
}
export type OwnersFileView = {
  /** Absent where none was ever applied. */
  current?: FileVersion & {
    text: string
    /** Identities of which something else stands now than it says. */
    drift: number
  }
  /** Newest first, with the one that counts. */
  past: FileVersion[]
}

export async function ownersFileView(actor: Actor | null): Promise<OwnersFileView> {
  authorise(actor, 'person:read')
  const [rows, newest, [count]] = await Promise.all([
    db.ownersFile.findMany({ orderBy: { version: 'desc' }, take: PAST_MAX, omit: { text: true } }),
    db.ownersFile.findFirst({ orderBy: { version: 'desc' }, select: { text: true } }),
    db.$queryRaw<{ drift: number }[]>(Prisma.sql`
      SELECT count(*)::int AS drift FROM owner_declared d JOIN identity i ON i.id = d.identity_id AND i.retired_at IS NULL
        LEFT JOIN ownership o ON o.identity_id = d.identity_id WHERE ${DIFFERS}`),
  ])
  const past = rows.map(({ actId: _, at, ...row }) => ({ ...row, at: iso(at) }))
  const [current] = past
  return {
    ...(current && newest && { current: { ...current, text: newest.text, drift: count?.drift ?? 0 } }),
    past,
  }
}

export type DeclaredView = {
  version: number
  line: number
  ref: string
  at: string
  parts: { part: Part; name: string; differs: boolean }[]
}

type Raw = { version: number; line: number; ref: string; at: Date } & Record<
  Part,
  { name: string; differs: boolean } | null
>

/** What the file that counts says of one identity. To be called for one that the actor sees. */
export async function declaredOf(identityId: string): Promise<DeclaredView | undefined> {
  const [row] = await db.$queryRaw<Raw[]>`
    SELECT d.version, d.line, f.ref, f.at,
      (SELECT jsonb_build_object('name', coalesce(email, name), 'differs', o.person_id IS DISTINCT FROM id) FROM person WHERE id = d.person_id) AS person,
      (SELECT jsonb_build_object('name', name, 'differs', o.team_id IS DISTINCT FROM id) FROM team WHERE id = d.team_id) AS team,
      (SELECT jsonb_build_object('name', coalesce(email, name), 'differs', o.backup_id IS DISTINCT FROM id) FROM person WHERE id = d.backup_id) AS backup,
      (SELECT jsonb_build_object('name', coalesce(email, name), 'differs', o.contact_id IS DISTINCT FROM id) FROM person WHERE id = d.contact_id) AS contact
    FROM owner_declared d JOIN owners_file f ON f.version = d.version LEFT JOIN ownership o ON o.identity_id = d.identity_id
    WHERE d.identity_id = ${identityId}::uuid`
  if (!row) return undefined
  const parts = PARTS.flatMap((part) => (row[part] ? [{ part, ...row[part] }] : []))
  return compact({ version: row.version, line: row.line, ref: row.ref, at: iso(row.at), parts })
}
