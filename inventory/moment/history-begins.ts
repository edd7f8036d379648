// Since when the past is kept: earlier versions were removed, or were never written.
import type { Instant } from '@/core/fact'
import { Instant as InstantSchema } from '@/core/fact'
import { db } from '@/prisma/client'
import { z } from 'zod'

export const HistorySetting = z.object({
  /** Days for which every answer about the past stays possible. */
  days: z.number().int(),
  /** The earliest instant that can be asked about; null while nothing was ever removed. */
  from: InstantSchema.nullable(),
})
export type HistorySetting = z.infer<typeof HistorySetting>

export async function historySetting(): Promise<HistorySetting> {
  const row = await db.setting.findUniqueOrThrow({ where: { key: 'history' } })
  return HistorySetting.parse(row.value)
}

export const historyBegins = async (): Promise<Instant | undefined> =>
  (await historySetting()).from ?? undefined
