// A file that an auditor takes away, in the activity log: what it holds is out of sight from then on.
import type { Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { recordActivity } from './record-activity'

const ADDRESS_MAX = 1000

/** @param address the path and query that it was asked by: its filter and its moment */
export const noteExport = (
  actor: Actor,
  { address, file }: { address: string; file: string },
): Promise<void> =>
  recordActivity(
    db,
    actor,
    { action: 'export.download', object: `file:${file}`, detail: { address: address.slice(0, ADDRESS_MAX) } },
    new Date(),
  )
