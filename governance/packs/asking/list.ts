// Packs that were asked for: what became of each, and all that is known of one.
import { z } from 'zod'
import { Instant } from '@/core/fact'
import { oneOf } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { RollcallError } from '@/core/errors'
import { FileEntry } from '@/evidence/pack/manifest'
import { compact, iso, isUuid } from '@/inventory/queries/sql'
import { db, type Prisma } from '@/prisma/client'
import type { Pack } from '@/prisma/generated/client'
import { authorise } from '../../authorise'
import { Settled } from './input'
import { mayOpen, packsOf } from './whose'

export const PACK_STATES = ['queued', 'building', 'sealed', 'failed', 'cancelled'] as const
export type PackState = (typeof PACK_STATES)[number]
const SHOWN_MAX = 200

export const PackFilter = z.object({
  state: oneOf(PACK_STATES),
  /** Part of its title. */
  q: z.string().trim().max(200).optional(),
  after: z.guid('is no place of this list').optional(),
  size: z.coerce.number().int().min(1).max(SHOWN_MAX).default(50),
})
export type PackFilter = z.infer<typeof PackFilter>

export const FileState = z.object({ file: z.string(), rows: z.int(), done: z.boolean() })
export const PackView = z.object({
  id: z.guid(),
  title: z.string(),
  state: z.enum(PACK_STATES),
  asked: Settled,
  by: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  askedAt: Instant,
  begunAt: Instant.optional(),
  endedAt: Instant.optional(),
  /** File by file, while it is built. */
  progress: z.array(FileState),
  /** Of the archive: so far, or all of them. */
  bytes: z.int(),
  failure: z.string().optional(),
  /** Of the whole file, as `sha256sum` says it. */
  sha256: z.string().optional(),
  /** Of all before its seal: the same when it is built again. */
  content: z.string().optional(),
  key: z.string().optional(),
  files: z.array(FileEntry).optional(),
  complete: z.boolean().optional(),
  gaps: z.array(z.string()),
  activityHead: z.string().optional(),
  expiresAt: Instant.optional(),
  removedAt: Instant.optional(),
  removedBy: z.string().optional(),
  /** Whether whoever asks can download it now. */
  canDownload: z.boolean(),
})
export type PackView = z.infer<typeof PackView>

const instant = (at: Date | null) => (at ? iso(at) : undefined)

export function packViewOf(actor: Actor, row: Pack): PackView {
  const isThere = row.state === 'sealed' && row.removedAt === null
  return compact({
    id: row.id,
    title: row.title,
    state: row.state as PackState,
    asked: Settled.parse(row.asked),
    by: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    askedAt: iso(row.askedAt),
    begunAt: instant(row.begunAt),
    endedAt: instant(row.endedAt),
    progress: z.array(FileState).parse(row.progress),
    bytes: Number(row.bytes),
    failure: row.failure ?? undefined,
    sha256: row.sha256 ?? undefined,
    content: row.content ?? undefined,
    key: row.key ?? undefined,
    files: row.files === null ? undefined : z.array(FileEntry).parse(row.files),
    complete: row.complete ?? undefined,
    gaps: z.array(z.string()).parse(row.gaps),
    activityHead: row.activityHead ?? undefined,
    expiresAt: instant(row.expiresAt),
    removedAt: instant(row.removedAt),
    removedBy: row.removedBy ?? undefined,
    canDownload: isThere && row.needs.every((needed) => mayOpen(actor, needed)),
  })
}

const whereOf = ({ state, q }: Partial<PackFilter>): Prisma.PackWhereInput => ({
  ...(state && !state.includes('any') && { state: { in: state } }),
  ...(q && { title: { contains: q, mode: 'insensitive' } }),
})

/** Newest first. */
export async function listPacks(
  actor: Actor | null,
  filter: Partial<PackFilter> = {},
): Promise<{ rows: PackView[]; next?: string }> {
  authorise(actor, 'evidence:read')
  const { after, size = 50 } = filter
  const found = await db.pack.findMany({
    where: { ...whereOf(filter), ...packsOf(actor), ...(after && { id: { lt: after } }) },
    orderBy: { id: 'desc' },
    take: size + 1,
  })
  const rows = found.slice(0, size).map((row) => packViewOf(actor, row))
  const last = rows.at(-1)
  return { rows, ...(found.length > size && last && { next: last.id }) }
}

export async function* eachPack(
  actor: Actor | null,
  filter: Partial<PackFilter> = {},
): AsyncGenerator<PackView[]> {
  let after = filter.after
  do {
    const { rows, next } = await listPacks(actor, { ...filter, size: SHOWN_MAX, after })
    if (rows.length) yield rows
    after = next
  } while (after !== undefined)
}

/** @throws RollcallError `not-found` */
export async function packView(actor: Actor | null, id: string): Promise<PackView> {
  authorise(actor, 'evidence:read')
  const row = isUuid(id) ? await db.pack.findFirst({ where: { id, ...packsOf(actor) } }) : null
  if (!row) throw new RollcallError('not-found', 'There is no such pack.')
  return packViewOf(actor, row)
}

const RECENT_MS = 60 * 60_000
const RECENT_MAX = 6
/** Those under way, and those that have just ended. */
export async function recentPacks(actor: Actor | null, now = new Date()): Promise<PackView[]> {
  authorise(actor, 'evidence:read')
  const rows = await db.pack.findMany({
    where: {
      actorId: actor.id,
      ...packsOf(actor),
      OR: [{ endedAt: null }, { endedAt: { gte: new Date(now.getTime() - RECENT_MS) } }],
    },
    orderBy: { id: 'desc' },
    take: RECENT_MAX,
  })
  return rows.map((row) => packViewOf(actor, row))
}
