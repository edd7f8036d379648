// Listens to what is sent to the database, whoever sends it: plans are asked of the very statements that were measured.
import pg from 'pg'

export type Sent = {
  text: string
  values: unknown[]
  /** Both times of the moment that was asked about; undefined is the present. */
  moment?: readonly unknown[]
}
type Query = { text: string; values?: unknown[] }

const SETS_MOMENT = /set_config\('rollcall\.valid'/
const ENDS = /^\s*(COMMIT|ROLLBACK)/i
const READS = /^\s*(SELECT|WITH)\b/i
/** Asks about the clock of changes, not about rows. */
const CLOCK = /knowledge_unsettled|clock_timestamp/

const moments = new WeakMap<object, readonly unknown[]>()
let sent: Sent[] | undefined

function note(client: object, first: unknown, second: unknown): void {
  if (!sent) return
  const query = typeof first === 'string' ? { text: first } : (first as Partial<Query> | undefined)
  if (typeof query?.text !== 'string') return
  const { text } = query
  const values = query.values ?? (Array.isArray(second) ? (second as unknown[]) : [])
  if (SETS_MOMENT.test(text)) moments.set(client, values)
  else if (ENDS.test(text)) moments.delete(client)
  else if (READS.test(text) && !CLOCK.test(text)) sent.push({ text, values, moment: moments.get(client) })
}

type Asks = (this: pg.Client, ...args: unknown[]) => unknown

/** To be called once, before anything connects. */
export function listen(): void {
  const prototype = pg.Client.prototype as unknown as { query: Asks }
  const ask = prototype.query
  prototype.query = function (...args) {
    note(this, args[0], args[1])
    return ask.apply(this, args)
  }
}

/** What a piece of work has sent. Nothing else may be sent meanwhile. */
export async function recorded(work: () => Promise<unknown>): Promise<Sent[]> {
  const mine: Sent[] = []
  sent = mine
  try {
    await work()
  } finally {
    sent = undefined
  }
  return mine
}
