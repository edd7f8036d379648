// Variables with secrets in plain of what runs as an identity on its own platform: what it goes on to act as elsewhere is told of
// there no second time.
import { absent, known, unknown, type Absent, type Fact, type Unknown } from '@/core/fact'
import type { PlainSecrets } from '@/core/observation'
import type { PlainVariables } from '@/core/subject'
import { reasonOf, seenOf } from './fact-scope'
import { named } from './named'
import type { Runner } from './running'

const SOURCE = 'configuration of workloads'
const UNTOLD = unknown('not-offered', SOURCE, 'the source does not tell its variables')
const factOf = ({ plainSecrets }: Runner): Fact<PlainSecrets> => plainSecrets ?? UNTOLD
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * @param whole since when all that runs as it was seen, or why it was not
 * @param open why more may run as it than the runners
 */
export function plainFact(
  runners: readonly Runner[],
  whole: Absent | Unknown,
  open: Unknown | undefined,
): Fact<PlainVariables> {
  const silent = unseenOf(runners) ?? open
  const names = runners.flatMap((runner) => namesOf(runner))
  const count = runners.reduce((sum, runner) => sum + countOf(factOf(runner)), 0)
  const seen = timesOf(runners, whole)
  if (count > 0)
    return {
      ...known({ ...named(names, count), ...(silent && { more: reasonOf(silent) }) }, SOURCE),
      ...seen,
    }
  return silent ?? { ...absent(SOURCE), ...seen }
}

const countOf = (fact: Fact<PlainSecrets>): number => (fact.state === 'known' ? fact.value.count : 0)

function namesOf(runner: Runner): string[] {
  const fact = factOf(runner)
  return fact.state === 'known' ? fact.value.names.map((name) => `${name} of ${runner.name}`) : []
}

/** Why what one of them holds was not seen: always the same of the same ones. */
function unseenOf(runners: readonly Runner[]): Unknown | undefined {
  const all = runners.flatMap((runner): Unknown[] => {
    const fact = factOf(runner)
    const of = (why: string) => `${runner.name}: ${why}`
    if (fact.state === 'unknown') return [{ ...fact, detail: of(reasonOf(fact)) }]
    const more = fact.state === 'known' ? fact.value.more : undefined
    return more === undefined ? [] : [unknown('not-collected', fact.source, of(more))]
  })
  return all.sort((a, b) => byText(a.detail ?? '', b.detail ?? ''))[0]
}

/** An answer that is kept from an older look makes the whole as old. */
function timesOf(runners: readonly Runner[], whole: Absent | Unknown) {
  const facts = runners.map(factOf).filter((fact) => fact.state !== 'unknown')
  const { at, unconfirmed } = seenOf(whole)
  const [oldest] = [...facts.map((fact) => fact.at), at].filter((one) => one !== undefined).sort()
  const why = facts.find((fact) => fact.unconfirmed)?.unconfirmed ?? unconfirmed
  return { ...(oldest !== undefined && { at: oldest }), ...(why && { unconfirmed: why }) }
}
