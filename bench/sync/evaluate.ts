// What asking every rule takes: of everything for the first time, by another policy, after few things moved, and after none did.
import { observedAt } from '@/estate/calendar'
import { DEFAULT_POLICY } from '@/core/policy'
import { evaluateScope } from '@/governance/evaluation/evaluate-scope'
import { concurrencyOf } from '@/jobs'
import { compareInThreads, endThreads } from '@/jobs/judging/threads'
import { rules } from '@/rules'
import pg from 'pg'
import { to } from 'pg-copy-streams'
import { env } from '@/env'
import { atMost, peakMiB, secondsOf, spaced, type Figure, type Step } from '../contract'
import { seeded } from '../queries/random'
import { maintain, withServer } from './server'

/** Up to here every scope is evaluated; of larger estates the scopes that are not too large, for so long. */
const WHOLE_UP_TO = 50_000
const SCOPE_MAX = 5000
const BUDGET_MS = 60_000
/** One in so many identities moves. */
const MOVES = 100
/** Times what it takes to read once what is kept, and to read it as JSON. */
const ASKED_MAX = 6
/** Of the time that asking about everything takes. */
const MOVED_MAX = 0.25

type Scope = { id: string; identities: number }
type Taken = { seconds: number; subjects: number; scopes: Scope[]; ways: string[] }

async function scopesOf(identities: number, seed: number): Promise<Scope[]> {
  const { rows } = await withServer((client) =>
    client.query<Scope>(
      `SELECT scope_id AS id, count(*)::int AS identities FROM identity GROUP BY 1
       HAVING $1 OR count(*) BETWEEN 100 AND $2 ORDER BY 1`,
      [identities <= WHOLE_UP_TO, SCOPE_MAX],
    ),
  )
  const random = seeded(seed)
  return rows
    .map((scope) => ({ scope, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ scope }) => scope)
}

/** As a worker does it: so many at a time, and one that is put off goes to the end of the queue. */
async function evaluateAll(scopes: readonly Scope[], budgetMs = Infinity): Promise<Taken> {
  const signal = new AbortController().signal
  const began = performance.now()
  const done: Scope[] = []
  const ways = new Set<string>()
  const waiting = [...scopes]
  const putOff = () => Promise.resolve(waiting.length > 0)
  const work = async () => {
    for (let scope = waiting.shift(); scope; scope = waiting.shift()) {
      if (performance.now() - began > budgetMs) return
      const { how } =
        (await evaluateScope({
          scopeId: scope.id,
          signal,
          now: observedAt(0),
          putOff,
          compare: compareInThreads,
        })) ?? {}
      if (how === 'put-off') waiting.push(scope)
      else done.push(scope)
      ways.add(how ?? 'gone')
    }
  }
  await Promise.all(Array.from({ length: concurrencyOf('evaluate-scope') }, work))
  const seconds = (performance.now() - began) / 1000
  return { seconds, subjects: await subjectsOf(done), scopes: done, ways: [...ways] }
}

/** Identities, credentials, secrets and scopes that rules are asked about. */
const subjectsOf = (scopes: readonly Scope[]): Promise<number> =>
  withServer(async (client) => {
    const { rows } = await client.query<{ count: number }>(
      `SELECT ((SELECT count(*) FROM subject_state WHERE scope_id = ANY($1::uuid[]))
        + (SELECT count(*) FROM credential c JOIN identity i ON i.id = c.identity_id AND i.retired_at IS NULL
           WHERE c.scope_id = ANY($1::uuid[]) AND c.retired_at IS NULL))::float8 AS count`,
      [scopes.map(({ id }) => id)],
    )
    return rows[0]?.count ?? 0
  })

/** The least that asking about everything can take: what is kept comes out of the database and is read as JSON. */
async function readKept(scopes: readonly Scope[]): Promise<number> {
  const ids = scopes.map(({ id }) => `'${id}'`).join(',')
  const client = new pg.Client({ connectionString: env.databaseUrl })
  await client.connect()
  const began = performance.now()
  let rest = ''
  try {
    const rows = client.query(
      to(
        `COPY (SELECT facts FROM subject_facts WHERE scope_id IN (${ids})) TO STDOUT (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')`,
      ),
    )
    for await (const piece of rows) {
      const lines = (rest + String(piece)).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) JSON.parse(line)
    }
  } finally {
    await client.end()
  }
  return (performance.now() - began) / 1000
}

const decide = (version: number) =>
  withServer((client) =>
    client.query(
      `INSERT INTO policy (version, doc, note, author, source) VALUES ($1, $2, 'bench', 'bench', 'code')`,
      [
        version,
        // Nothing is of this type: every rule is asked, and none says anything else.
        JSON.stringify({
          ...DEFAULT_POLICY,
          rules: { 'identity-ownerless': { for: [{ types: [`bench.${version}`], severity: 'low' }] } },
        }),
      ],
    ),
  )

const move = (scopes: readonly Scope[]) =>
  withServer((client) =>
    client.query(
      `UPDATE identity SET enabled = FALSE, doc = jsonb_set(doc, '{enabled}', '{"state": "known", "value": false, "source": "bench"}')
       WHERE scope_id = ANY($1::uuid[]) AND hashtext(id::text) % $2 = 0`,
      [scopes.map(({ id }) => id), MOVES],
    ),
  )

const asked = ({ subjects, seconds }: Taken) =>
  `${spaced(subjects / seconds)} subjects a second (${spaced(subjects)} in ${secondsOf(seconds)})`

export const evaluate: Step = async ({ identities, seed }) => {
  await maintain('public')
  const startMiB = peakMiB()
  const first = await evaluateAll(
    await scopesOf(identities, seed),
    identities > WHOLE_UP_TO ? BUDGET_MS : undefined,
  )
  await maintain('public')
  const kept = await readKept(first.scopes)
  await decide(1)
  const anew = await evaluateAll(first.scopes)
  await decide(2)
  const again = await evaluateAll(first.scopes)
  const { rowCount: moves } = await move(first.scopes)
  const moved = await evaluateAll(first.scopes)
  const still = await evaluateAll(first.scopes)
  await endThreads()
  await withServer((client) => client.query('DELETE FROM policy'))
  const figures: Figure[] = [
    {
      group: 'Rules',
      name: `First evaluation, ${rules.length} rules`,
      measured: `${asked(first)}, ${first.scopes.length} scopes; ${peakMiB()} MiB at most, ${startMiB} before`,
      verdict: 'told',
    },
    {
      group: 'Rules',
      name: 'Everything asked by another policy, against reading once what is kept',
      aim: `at most ${ASKED_MAX} times`,
      measured: `${(again.seconds / kept).toFixed(1)} times (${secondsOf(kept)}): ${asked(again)}; the first time ${secondsOf(anew.seconds)}`,
      verdict: atMost(again.seconds / kept, ASKED_MAX),
    },
    {
      group: 'Rules',
      name: `After 1 in ${MOVES} identities moved, against asking about everything`,
      aim: `at most ${MOVED_MAX}`,
      measured: `${(moved.seconds / again.seconds).toFixed(2)}: ${spaced(moves ?? 0)} moved, ${secondsOf(moved.seconds)}; after none, ${secondsOf(still.seconds)} (${moved.ways.join(', ')})`,
      verdict: atMost(moved.seconds / again.seconds, MOVED_MAX),
    },
  ]
  return { figures, facts: {} }
}
