// The files of a pack that are written from the record, in the order in which they are written.
import { csvStream } from '@/inventory/queries/csv-stream'
import { identityColumns } from '@/inventory/queries/columns'
import { eachIdentity } from '@/inventory/queries/each-identity'
import { listIdentities } from '@/inventory/queries/list-identities'
import type { Part, PackAt } from '../part'
import { headAt } from '../building/activity-head'

async function* counted<R>(batches: AsyncIterable<R[]>, wrote: (rows: number) => void): AsyncGenerator<R[]> {
  for await (const rows of batches) {
    wrote(rows.length)
    yield rows
  }
}

const population: Part = {
  id: 'population',
  file: 'population.csv',
  about: 'Identities that it is about, as they were at the moment.',
  isUsual: true,
  async count({ actor, asked }) {
    const { total, totalIsMore } = await listIdentities(actor, { ...asked.filter, size: 1, after: undefined })
    return { rows: total, isExact: !totalIsMore }
  },
  write: ({ actor, asked }, wrote) =>
    csvStream(identityColumns, counted(eachIdentity(actor, { ...asked.filter, after: undefined }), wrote)),
}

const LINES = 1000
type Line = { seq: bigint; hash: string; text: string }
async function* entries(
  { snapshot, asked: { moment, from } }: PackAt,
  wrote: (rows: number) => void,
): AsyncGenerator<Uint8Array> {
  const head = await headAt(snapshot, moment.known)
  for (let after = -1n; head;) {
    const rows = await snapshot.$queryRaw<Line[]>`
      SELECT l.seq, l.hash, activity_text(a, l.seq) AS text FROM activity_link l JOIN activity a ON a.id = l.activity_id
      WHERE l.seq > ${after} AND l.seq <= ${head.seq} AND a.at >= ${from ?? '1970-01-01T00:00:00Z'}::timestamptz
      ORDER BY l.seq LIMIT ${LINES}::int`
    wrote(rows.length)
    for (const { seq, hash, text } of rows)
      yield Buffer.from(`${JSON.stringify({ place: Number(seq), hash, text })}\n`)
    after = rows.at(-1)?.seq ?? after
    if (rows.length < LINES) return
  }
}

const activity: Part = {
  id: 'activity',
  file: 'activity.ndjson',
  about: 'Entries of the activity log with their places and hashes.',
  isUsual: true,
  needs: 'activity:read',
  async count({ snapshot, asked: { moment } }) {
    const head = await headAt(snapshot, moment.known)
    return { rows: Number(head?.seq ?? 0), isExact: true }
  },
  write: entries,
}

export const parts: readonly Part[] = [population, activity]
