// What was measured so far, kept in the measured database itself: a run that was interrupted can go on.
import { connect, withClient } from '../scripts/database/connection.mjs'
import { Failure } from '../scripts/setup/failure.mjs'

const FRESH = 'Give an empty database with --database, or none at all.'

/** Steps that change what is measured, so that they can be taken once only. */
const ONCE = new Set(['first-sync', 'fill', 'unchanged', 'changed'])

const TABLES =
  "SELECT to_regclass('bench.state') AS ours, EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public') AS used"

/** To be called before anything is written, migrations included: only what is empty, or was made here, is measured in. */
export const refuseForeign = (url) =>
  withClient(url, async (client) => {
    const { rows } = await client.query(TABLES)
    if (rows[0].used && !rows[0].ours)
      throw new Failure(
        'That database holds something already; a measurement would fill it with generated rows.',
        FRESH,
      )
  })

export class State {
  constructor(client, answers) {
    this.client = client
    this.answers = answers
  }

  /** Everything that was measured in this database so far. */
  static async open(url, estate) {
    const client = await connect(url)
    try {
      await client.query('CREATE SCHEMA IF NOT EXISTS bench')
      await client.query('CREATE TABLE IF NOT EXISTS bench.state (step text PRIMARY KEY, answer jsonb)')
      const { rows } = await client.query('SELECT step, answer FROM bench.state')
      const state = new State(client, new Map(rows.map(({ step, answer }) => [step, answer])))
      await state.holdTo(estate)
      return state
    } catch (error) {
      // An open connection would keep the command from ending.
      await client.end()
      throw error
    }
  }

  /** One database, one estate: figures of two would end up in one report. */
  async holdTo({ identities, seed }) {
    const estate = `${identities} identities of seed ${seed}`
    const held = this.answers.get('estate')?.facts.estate ?? estate
    if (held !== estate) throw new Failure(`That database was filled for ${held}, not for ${estate}.`, FRESH)
    await this.put('estate', { figures: [], facts: { estate } })
  }

  /** Everything steps have told those that follow. */
  facts() {
    return Object.assign({}, ...[...this.answers.values()].map((answer) => answer?.facts ?? {}))
  }

  figures() {
    return [...this.answers.values()].flatMap((answer) => answer?.figures ?? [])
  }

  /** Whether a step that can be taken once only was taken. */
  isDone(step) {
    if (!ONCE.has(step) || !this.answers.has(step)) return false
    if (this.answers.get(step)) return true
    throw new Failure(
      `The step ${step} was interrupted in that database: what it holds is neither old nor new.`,
      FRESH,
    )
  }

  async begin(step) {
    if (ONCE.has(step)) await this.put(step, null)
  }

  async put(step, answer) {
    await this.client.query(
      'INSERT INTO bench.state VALUES ($1, $2) ON CONFLICT (step) DO UPDATE SET answer = excluded.answer',
      [step, JSON.stringify(answer)],
    )
    this.answers.set(step, answer)
  }

  close() {
    return this.client.end()
  }
}
