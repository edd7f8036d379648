// When old versions were last let go of, and what went.
import { z } from 'zod'
import { Instant } from '@/core/fact'
import { db } from '@/prisma/client'

const Compaction = z.object({ at: Instant, versions: z.number().int(), rows: z.number().int() })
export type Compaction = z.infer<typeof Compaction>

export async function lastCompaction(): Promise<Compaction | undefined> {
  const row = await db.setting.findUnique({ where: { key: 'compaction' } })
  return row ? Compaction.parse(row.value) : undefined
}
