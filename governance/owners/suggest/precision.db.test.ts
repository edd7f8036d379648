// How often what is suggested is right, measured over the sample organisation against who the right owners are, and printed in
// the documentation. UPDATE_DOCS=1 writes it as it is now.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { format, resolveConfig } from 'prettier'
import { runJob } from '@/jobs'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { actorAs } from '@/tests/actors'
import { connectorOf } from '../../connector-registry'
import { addSample } from '../../sample/add-sample'
import { confirmOwner } from '../confirm-owner'
import { CONFIDENCES, type Confidence } from './evidence'
import { suggestionsFor } from './suggestions-for'
import type { Suggestion } from './weigh'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const PAGE = path.join(ROOT, 'docs/owners.md')
const [BEGIN, END] = ['<!-- measured: begin -->', '<!-- measured: end -->']

type Right = { type: string; name: string; person: string; team: string }
type Count = { right: number; wrong: number }
type Round = {
  title: string
  identities: number
  suggested: number
  best: number
  conflicts: number
  of: Record<Confidence, Count>
  inBulk: Count
}
const truth = new Map<string, Right>()
let ids: string[] = []
const rounds: Round[] = []

const words = (names: string) => names.toLowerCase().split('|')
const isRight = ({ role, name }: Suggestion, { person, team }: Right): boolean =>
  words(role === 'person' ? person : role === 'team' ? team : `${person}|${team}`).includes(
    name.toLowerCase(),
  )

async function measure(title: string, asked: readonly string[]): Promise<Round> {
  const suggested = await suggestionsFor(asked)
  const round: Round = {
    ...{ title, identities: asked.length, suggested: suggested.size, best: 0, conflicts: 0 },
    of: { strong: { right: 0, wrong: 0 }, fair: { right: 0, wrong: 0 }, weak: { right: 0, wrong: 0 } },
    inBulk: { right: 0, wrong: 0 },
  }
  for (const [id, some] of suggested) {
    const right = truth.get(id) as Right
    for (const one of some) round.of[one.confidence][isRight(one, right) ? 'right' : 'wrong']++
    const best = some.filter(({ isBest }) => isBest)
    if (best.length) round.best++
    if (some.some(({ conflict }) => conflict)) round.conflicts++
    for (const one of best) round.inBulk[isRight(one, right) ? 'right' : 'wrong']++
  }
  return round
}

beforeAll(async () => {
  const signal = new AbortController().signal
  const at = { signal, stopping: signal, lastAttempt: true, connectorOf }
  const administrator = actorAs('administrator')
  const { connections } = await addSample(administrator, {})
  for (const { runId } of connections) await runJob('sync-connection', { runId }, at)
  await runJob('join-changes', {}, at)
  const file = readFileSync(path.join(ROOT, 'governance/sample/right-owners.csv'), 'utf8')
  const rows = parse<Right>(file, { columns: true })
  for (const row of rows) {
    const { id } = await db.identity.findFirstOrThrow({ where: { type: row.type, name: row.name } })
    truth.set(id, row)
  }
  ids = [...truth.keys()]
  rounds.push(await measure('From what sources say alone', ids))
  const suggested = await suggestionsFor(ids)
  const sure = ids.filter((id) => suggested.get(id)?.some(({ isBest }) => isBest))
  await confirmOwner(administrator, { rows: sure.map((identity) => ({ identity })) })
  const open = ids.filter((id) => !sure.includes(id))
  rounds.push(await measure('Of the rest, after all of those were confirmed', open))
}, 300_000)
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

const share = ({ right, wrong }: Count) =>
  right + wrong ? `${right} of ${right + wrong} (${Math.round((100 * right) / (right + wrong))} %)` : 'none'

const cells = (round: Round): string[] => [
  round.title,
  ...[round.identities, round.suggested, round.best, round.conflicts].map(String),
  ...CONFIDENCES.map((confidence) => share(round.of[confidence])),
  share(round.inBulk),
]
const HEAD = [
  '',
  'Identities',
  'With a suggestion',
  'With one that is surest',
  'Where some conflict',
  'Strong',
  'Fair',
  'Weak',
  'Surest',
]
const line = (row: readonly string[]) => `| ${row.join(' | ')} |`

test('every machine identity of the sample has somebody who is right, or is left out by intent', async () => {
  const all = await db.identity.findMany({
    where: { class: { in: ['machine', 'unclear'] } },
    select: { id: true, name: true },
  })
  expect(all.filter(({ id }) => !truth.has(id)).map(({ name }) => name)).toEqual(['allUsers'])
})
test('what can be confirmed in bulk is right nearly nine times in ten, and surer is more often right', () => {
  const [first] = rounds as [Round]
  const of = ({ right, wrong }: Count) => right / (right + wrong)
  expect(of(first.inBulk)).toBeGreaterThan(0.85)
  expect(of(first.of.strong)).toBeGreaterThan(of(first.of.fair))
})
test('docs/owners.md tells how often', async () => {
  const text = readFileSync(PAGE, 'utf8').replaceAll('\r\n', '\n')
  const [before, rest] = text.split(BEGIN) as [string, string]
  const after = rest.slice(rest.indexOf(END))
  const table = [
    line(HEAD),
    line(HEAD.map((_, at) => (at ? '---:' : '---'))),
    ...rounds.map((one) => line(cells(one))),
  ]
  const now = await format(`${before}${BEGIN}\n\n${table.join('\n')}\n\n${after}`, {
    ...(await resolveConfig(PAGE)),
    parser: 'markdown',
  })
  if (process.env.UPDATE_DOCS === '1') writeFileSync(PAGE, now)
  expect(readFileSync(PAGE, 'utf8').replaceAll('\r\n', '\n'), 'UPDATE_DOCS=1 writes it anew').toBe(now)
})
