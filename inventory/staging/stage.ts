// Writes what a run has observed so far into its staging table, outside any transaction of the inventory.
import { COPY_NULL, copyInto, copyText } from './pool'
import type { Place, StagedRow } from './sift'
import { stagingName } from './table'

const COLUMNS = 'row_id, kind, stream, native_id, fingerprint, ended_at, doc'

export async function stage(runId: string, { scopeId, stream }: Place, rows: StagedRow[]): Promise<void> {
  if (!rows.length) return
  const from = copyText(stream)
  const lines = rows.map(({ kind, id, nativeId, fingerprint, endedAt, doc }) => {
    const document = doc === null ? COPY_NULL : copyText(doc)
    return `${id}\t${kind}\t${from}\t${copyText(nativeId)}\t${fingerprint}\t${endedAt ?? COPY_NULL}\t${document}\n`
  })
  await copyInto(stagingName({ runId, scopeId }), COLUMNS, lines.join(''))
}
