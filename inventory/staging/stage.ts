// Writes what a run has observed so far into its staging table, outside any transaction of the inventory.
import type { Instant } from '@/core/fact'
import type { Kind } from '@/core/observation'
import { COPY_NULL, copyInto, copyText } from './pool'
import type { HeldRows } from './held-rows'
import { stagingName } from './table'

type Place = { runId: string; scopeId: string }
/** One line of the staging table. */
export type StagedRow = {
  kind: Kind
  stream: string
  id: string
  nativeId: string
  fingerprint: string
  says: 'seen' | 'ended'
  at: Instant | null
  /** JSON; null where an equal observation made the row that is held. */
  doc: string | null
}

const COLUMNS = 'row_id, kind, stream, native_id, fingerprint, says, at, doc'
const NOBODY = '00000000-0000-0000-0000-000000000000'
/** Lines sent at a time: bounds memory, whatever the size of the scope. */
const CHUNK = 5000

export async function stage(place: Place, rows: readonly StagedRow[]): Promise<void> {
  if (!rows.length) return
  const lines = rows.map(({ kind, stream, id, nativeId, fingerprint, says, at, doc }) => {
    const document = doc === null ? COPY_NULL : copyText(doc)
    return `${id}\t${kind}\t${copyText(stream)}\t${copyText(nativeId)}\t${fingerprint}\t${says}\t${at ?? COPY_NULL}\t${document}\n`
  })
  await copyInto(stagingName(place), COLUMNS, lines.join(''))
}

/**
 * Closes what a run has staged of a scope: what a complete look did not see, and the last row.
 * @param complete whether the look at a kind in a stream was complete
 * @param at when what is held was loaded
 */
export async function stageEnd(
  place: Place,
  { held, complete, at }: { held: HeldRows; complete: Parameters<HeldRows['unseen']>[0]; at: Instant },
): Promise<void> {
  let lines: string[] = []
  const write = async () => {
    await copyInto(stagingName(place), COLUMNS, lines.join(''))
    lines = []
  }
  for (const { kind, stream, id } of held.unseen(complete)) {
    lines.push(`${id}\t${kind}\t${copyText(stream)}\t\t${NOBODY}\tunseen\t${COPY_NULL}\t${COPY_NULL}\n`)
    if (lines.length >= CHUNK) await write()
  }
  lines.push(`${NOBODY}\t\t\t\t${NOBODY}\tread\t${at}\t${COPY_NULL}\n`)
  await write()
}
