// An answer about the past is the same whenever it is asked for: pages and exports, byte for byte, with a day of changes in
// between.
import { createHash } from 'node:crypto'
import { IdentityFilter } from '@/core/list'
import { observedAt } from '@/estate/calendar'
import { askMoment } from '@/inventory/moment/ask-moment'
import { atMoment, eachAtMoment } from '@/inventory/moment/at-moment'
import { identityColumns } from '@/inventory/queries/columns'
import { csvStream } from '@/inventory/queries/csv-stream'
import { eachIdentity } from '@/inventory/queries/each-identity'
import { listIdentities } from '@/inventory/queries/list-identities'
import { momentsOf, secondsOf, spaced, type Facts, type Step } from '../contract'
import { syncDay } from '../sync/sync-day'
import { READER } from './sample'

const CSV_ROWS = 1000
const HASH_SHOWN = 16

async function* first<R>(batches: AsyncIterable<R[]>): AsyncGenerator<R[]> {
  for await (const rows of batches) {
    yield rows.slice(0, CSV_ROWS)
    return
  }
}

/** SHA-256 of a page as JSON and of an export; without an instant, of the present. */
async function answerAt(asOf?: string): Promise<string> {
  const moment = asOf === undefined ? undefined : await askMoment({ asOf })
  const hash = createHash('sha256')
  const filter = IdentityFilter.parse({ size: '100' })
  hash.update(JSON.stringify(await atMoment(moment, () => listIdentities(READER, filter))))
  const rows = first(eachAtMoment(moment, () => eachIdentity(READER, filter)))
  for await (const bytes of csvStream(identityColumns, rows)) hash.update(bytes as Buffer)
  return hash.digest('hex')
}

const dayOf = (facts: Facts) => facts['day:last'] ?? 0

export const reproduce: Step = async ({ identities, seed, facts }) => {
  const moments = momentsOf(facts)
  const answers = async () => {
    const found: string[] = []
    for (const at of moments) found.push(await answerAt(at))
    return found
  }
  const now = await answerAt()
  const before = await answers()
  const day = dayOf(facts) + 1
  const { seconds, rows } = await syncDay({ identities, seed, day }, observedAt(day))
  const after = await answers()
  // Unless the present has another answer now, nothing was put to the test.
  const moved = (await answerAt()) !== now
  const same = before.every((hash, at) => hash === after[at])
  const differ = new Set(before).size
  const shown = before.map((hash) => hash.slice(0, HASH_SHOWN)).join(', ')
  return {
    figures: [
      {
        group: 'As of an earlier instant',
        name: `Page and export of ${spaced(CSV_ROWS)} rows at ${moments.length} instants, asked again after a day of changes`,
        aim: 'the same SHA-256',
        measured: `${same ? 'the same' : 'others'}: ${shown} (${differ} different answers); the answer about the present ${moved ? 'is another one' : 'did not change, so this says nothing'}`,
        verdict: same && moved ? 'holds' : 'misses',
      },
      {
        group: 'Sync',
        name: 'Sync of the next day, 1.2 % of rows come, go or change',
        measured: `${secondsOf(seconds)} for ${spaced(rows)} observations`,
        verdict: 'told',
      },
    ],
    facts: { 'day:last': day },
  }
}
