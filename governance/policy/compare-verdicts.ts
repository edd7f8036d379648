// Whether two policies make rules say something else about what was read, counted by rule and by what was said.
import type { Instant } from '@/core/fact'
import type { Policy } from '@/core/policy'
import { SEVERITIES, type Severity } from '@/core/rule'
import type { SubjectKind } from '@/core/subject'
import { isDeepStrictEqual } from 'node:util'
import type { Registered } from '@/rules/registered'
import { endOfDay } from '../evaluation/compiled-policy'
import { Judge, type JudgedUnit } from '../evaluation/judge'
import { Patterns } from '@/core/patterns'
import type { RawUnit } from '../evaluation/raw-facts'
import { reached } from '@/core/days'

/** What a rule says of a subject, or why it says nothing. */
export const SAID = ['pass', 'fail', 'unknown', 'not-applicable', 'exempt', 'off'] as const
export type Said = { state: (typeof SAID)[number]; severity?: Severity }
export type Named = { kind: SubjectKind; id: string; name: string }
export type Moved = { ruleId: string; from: Said; to: Said; count: number; some: Named[] }
/** An identity that is declared to be for emergencies, and how many it stands for. */
export type Declared = { identity: string; why: string; until: string; fits: number; some: Named[] }

/** So many are named of each. */
const NAMED_MAX = 5
const STATES = { p: 'pass', f: 'fail', u: 'unknown', n: 'not-applicable', x: 'exempt', o: 'off' } as const
type Letter = keyof typeof STATES
/** Nothing is said: why that is, is another matter than a verdict. */
const SILENT: ReadonlySet<string> = new Set(['n', 'x', 'o'])

/** Rules that may say something else: all, where what is read of every subject is put in another light. */
export function rulesInQuestion(before: Policy, after: Policy, rules: readonly Registered[]): Registered[] {
  const light = ({ rules: _, ...rest }: Policy) => rest
  if (!isDeepStrictEqual(light(before), light(after))) return [...rules]
  return rules.filter(({ meta: { id } }) => !isDeepStrictEqual(before.rules[id], after.rules[id]))
}

/** A rule with its place among those that are asked, before and after; -1 where it is off. */
type Column = { ruleId: string; before: number; after: number }
type Kept = Moved & { letters: string }

export class VerdictComparison {
  private readonly judges: { before: Judge; after: Judge }
  private readonly columns: Readonly<Record<SubjectKind, readonly Column[]>>
  private readonly moved = new Map<string, Kept>()
  private readonly emergencies: { patterns: Patterns<true>; declared: Declared }[]
  /** Of those that newly fail, or fail worse, by severity. */
  readonly newFailures: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 }

  constructor(now: Instant, before: Policy, after: Policy, rules: readonly Registered[]) {
    this.judges = { before: new Judge(now, before, rules), after: new Judge(now, after, rules) }
    const columnsOf = (kind: SubjectKind): Column[] => {
      const at = (judge: Judge, ruleId: string) => judge.asked[kind].findIndex(({ id }) => id === ruleId)
      return rules
        .filter(({ meta }) => meta.subject === kind)
        .map(({ meta: { id: ruleId } }) => ({
          ruleId,
          before: at(this.judges.before, ruleId),
          after: at(this.judges.after, ruleId),
        }))
    }
    this.columns = {
      identity: columnsOf('identity'),
      credential: columnsOf('credential'),
      secret: columnsOf('secret'),
      scope: columnsOf('scope'),
    }
    const isNew = !isDeepStrictEqual(before.breakGlass, after.breakGlass)
    this.emergencies = (isNew ? after.breakGlass : [])
      .filter(({ until }) => !reached(endOfDay(until), now))
      .map((one) => ({
        patterns: new Patterns([[one.identity, true]]),
        declared: { ...one, fits: 0, some: [] },
      }))
  }

  add(unit: RawUnit): void {
    const [before, after] = [this.judges.before.judge(unit, true), this.judges.after.judge(unit, true)]
    const worst = { before: severitiesOf(before), after: severitiesOf(after) }
    for (const subject of subjectsOf(unit)) {
      const [was = '', is = ''] = [before.letters.get(subject.id), after.letters.get(subject.id)]
      for (const column of this.columns[subject.kind]) {
        const from = (was[column.before] ?? 'o') as Letter
        const to = (is[column.after] ?? 'o') as Letter
        if (from === to && from !== 'f') continue
        if (SILENT.has(from) && SILENT.has(to)) continue
        const key = `${subject.id} ${column.ruleId}`
        this.compare(subject, column.ruleId, [from, worst.before.get(key)], [to, worst.after.get(key)])
      }
    }
    if (unit.kind === 'identity') this.declare(unit.identity)
  }

  private compare(
    subject: Named,
    ruleId: string,
    [from, was]: [Letter, number | undefined],
    [to, is]: [Letter, number | undefined],
  ): void {
    if (from === to && was === is) return
    if (is !== undefined && (was === undefined || is < was)) this.newFailures[SEVERITIES[is] ?? 'info']++
    const letters = `${from}${was ?? ''} ${to}${is ?? ''}`
    const key = `${ruleId} ${letters}`
    let kept = this.moved.get(key)
    if (!kept) {
      kept = { ruleId, from: saidAs(from, was), to: saidAs(to, is), count: 0, some: [], letters }
      this.moved.set(key, kept)
    }
    kept.count++
    if (kept.some.length < NAMED_MAX) kept.some.push(subject)
  }

  private declare({ id, name, calls }: Extract<RawUnit, { kind: 'identity' }>['identity']): void {
    for (const { patterns, declared } of this.emergencies) {
      if (!patterns.first(calls)) continue
      declared.fits++
      if (declared.some.length < NAMED_MAX) declared.some.push({ kind: 'identity', id, name })
    }
  }

  /** The most first. */
  get moves(): Moved[] {
    return [...this.moved.values()]
      .sort((a, b) => b.count - a.count || (`${a.ruleId} ${a.letters}` < `${b.ruleId} ${b.letters}` ? -1 : 1))
      .map(({ letters: _, ...one }) => one)
  }
  get declared(): Declared[] {
    return this.emergencies.map(({ declared }) => declared)
  }
}

const saidAs = (letter: Letter, severity: number | undefined): Said => ({
  state: STATES[letter],
  ...(severity !== undefined && { severity: SEVERITIES[severity] ?? 'info' }),
})

/** How bad each is that fails. */
function severitiesOf({ open }: JudgedUnit): Map<string, number> {
  const found = new Map<string, number>()
  for (const { verdict, subject, settled, severity } of open)
    if (verdict.state === 'fail') found.set(`${subject.id} ${settled.ruleId}`, severity)
  return found
}

const named = (kind: SubjectKind, { id, name }: { id: string; name: string }): Named => ({ kind, id, name })
function subjectsOf(unit: RawUnit): Named[] {
  if (unit.kind === 'identity')
    return [named('identity', unit.identity), ...unit.credentials.map((one) => named('credential', one))]
  if (unit.kind === 'credential') return [named('credential', unit.credential)]
  return [unit.kind === 'secret' ? named('secret', unit.secret) : named('scope', unit.scope)]
}
