// Tests a rule from its examples, makes the cases of ignorance itself, and checks the rule's paper.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { absent, isFact, unknown, type Instant } from '@/core/fact'
import { evaluate, type Rule, type Severity, type Verdict } from '@/core/rule'
import type { SubjectKind, SubjectOf } from '@/core/subject'

const HEADINGS = [
  '## What it means',
  '## How we know',
  '## What it cannot see',
  '## What to do',
  '## When to turn it off',
]

const DAY_MS = 24 * 3600_000

type FactName<K extends SubjectKind> = Rule<K>['meta']['needs'][number]
type Examples<K extends SubjectKind, P> = {
  now: Instant
  /** Parameters for all examples; what is left out takes its default. */
  params?: Partial<P>
  pass: readonly SubjectOf<K>[]
  fail: readonly { given: SubjectOf<K>; says: string; severity?: Severity; latent?: string }[]
  /** The facts are there and do not decide: `says` is on what it depends. */
  depends?: readonly { given: SubjectOf<K>; says: string }[]
  notApplicable?: readonly SubjectOf<K>[]
}

export function ruleTester<K extends SubjectKind, const N extends FactName<K>, P>(
  rule: Rule<K, N, P>,
  examples: Examples<K, P>,
): void {
  const { pass, fail, depends = [], notApplicable = [], now } = examples
  const params = rule.meta.params.parse(examples.params ?? {})
  const ask = (subject: SubjectOf<K>) => evaluate(rule, subject, params, now)
  const spokenOf = [...pass, ...[...fail, ...depends].map(({ given }) => given)]

  describe(rule.meta.id, () => {
    test('has examples that differ', () => {
      expect(pass.length, 'examples that pass').toBeGreaterThan(0)
      expect(fail.length, 'examples that fail').toBeGreaterThan(0)
      const texts = [...spokenOf, ...notApplicable].map((subject) => JSON.stringify(subject))
      expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([])
    })
    test.each(pass.map((given, at) => ({ given, at })))('passes example $at', ({ given }) => {
      expect(ask(given)).toMatchObject({ state: 'pass' })
    })
    test.each(fail)('fails: $says', ({ given, says, severity, latent }) => {
      expect(says).not.toContain('{{')
      expect(ask(given)).toMatchObject({
        state: 'fail',
        message: says,
        severity: severity ?? rule.meta.severity,
        ...(latent !== undefined && { latent }),
      })
      if (latent === undefined) expect(ask(given)).not.toHaveProperty('latent')
    })
    test.each(fail)('says the same a day later: $says', ({ given, says }) => {
      // A message that counts days is another one every day: a new version of every finding, every day.
      const later = evaluate(rule, given, params, new Date(Date.parse(now) + DAY_MS).toISOString())
      if (later.state === 'fail') expect(later.message).toBe(says)
    })
    test.each(depends)('depends: $says', ({ given, says }) => {
      expect(ask(given)).toMatchObject({ state: 'unknown', missing: [], message: `It depends: ${says}` })
    })
    test.each(notApplicable.map((given, at) => ({ given, at })))('leaves out example $at', ({ given }) => {
      expect(ask(given)).toEqual({ state: 'not-applicable' })
    })
    test('every message is said by an example', () => {
      const unsaid = Object.entries(rule.meta.messages).filter(
        ([, template]) => !fail.some(({ says }) => patternOf(template).test(says)),
      )
      expect(unsaid).toEqual([])
    })
    testIgnorance(rule, spokenOf, ask)
    test('every fact it reads is one it needs or weighs', () => {
      const named: readonly string[] = [...rule.meta.needs, ...(rule.meta.weighs ?? [])]
      const read = factsReadBy(rule, spokenOf, params, now)
      expect([...read].filter((fact) => !named.includes(fact)).join(), 'read, and in neither').toBe('')
      expect((rule.meta.weighs ?? []).filter((fact) => !read.has(fact)).join(), 'never read').toBe('')
    })
    testTime(rule, spokenOf, { params, now })
    testPapers(rule.meta)
  })
}

/** The facts that it looks at itself, over all examples. */
function factsReadBy<K extends SubjectKind, N extends FactName<K>, P>(
  rule: Rule<K, N, P>,
  subjects: readonly SubjectOf<K>[],
  params: P,
  now: Instant,
): Set<string> {
  const read = new Set<string>()
  for (const given of subjects) {
    const check: Rule<K, N, P>['check'] = (at) => {
      const watched = new Proxy(at.subject, {
        get(target, name, self) {
          if (typeof name === 'string' && isFact(Reflect.get(given, name))) read.add(name)
          return Reflect.get(target, name, self) as unknown
        },
      })
      return rule.check({ ...at, subject: watched })
    }
    evaluate({ ...rule, check }, given, params, now)
  }
  return read
}

/** What is not known gives no verdict; what is known to be none gives one, or says on what it depends. */
function testIgnorance<K extends SubjectKind, N extends FactName<K>, P>(
  rule: Rule<K, N, P>,
  subjects: readonly SubjectOf<K>[],
  ask: (subject: SubjectOf<K>) => Verdict & { missing?: string[] },
): void {
  test.each(rule.meta.needs)('without %s nothing is said that hangs on it', (need) => {
    const verdicts = subjects.map((subject) => {
      const verdict = ask({ ...subject, [need]: unknown('denied', 'tester', 'refused on purpose') })
      if (verdict.state !== 'unknown' || !verdict.missing?.includes(need))
        for (const other of [subject, { ...subject, [need]: absent('tester') }])
          expect(saidBy(verdict), `whatever ${need} is: ${JSON.stringify(subject)}`).toEqual(
            saidBy(ask(other)),
          )
      return verdict
    })
    expect(verdicts.some(({ state, missing }) => state === 'unknown' && missing?.includes(need))).toBe(true)
  })
  test.each(rule.meta.needs)('with %s absent there is a verdict', (need) => {
    for (const subject of subjects)
      expect(ask({ ...subject, [need]: absent('tester') }).state).toMatch(/^(pass|fail|unknown)$/)
  })
  test('facts it does not need may be unknown', () => {
    for (const subject of subjects) {
      const needs: readonly string[] = rule.meta.needs
      const blurred = Object.entries(subject).map(([field, value]) =>
        isFact(value) && !needs.includes(field)
          ? [field, unknown('not-collected', 'tester')]
          : [field, value],
      )
      expect(ask(Object.fromEntries(blurred) as SubjectOf<K>)).not.toMatchObject({
        missing: [expect.anything()],
      })
    }
  })
}

/** In days after the examples' instant: when answers that only time changes are looked at. */
const LATER_DAYS = [
  1, 2, 7, 14, 29, 30, 31, 45, 60, 89, 90, 91, 92, 120, 180, 181, 365, 366, 367, 400, 730, 800, 3660,
]

/** Whoever asks again only when a verdict says so misses nothing. */
function testTime<K extends SubjectKind, N extends FactName<K>, P>(
  rule: Rule<K, N, P>,
  subjects: readonly SubjectOf<K>[],
  { params, now }: { params: P; now: Instant },
): void {
  test('a verdict that only time changes says until when it holds', () => {
    for (const subject of subjects) {
      const first = evaluate(rule, subject, params, now)
      const until = 'until' in first ? first.until : undefined
      if (until !== undefined)
        expect(Date.parse(until), 'it holds for a while').toBeGreaterThan(Date.parse(now))
      for (const days of LATER_DAYS) {
        const later = new Date(Date.parse(now) + days * DAY_MS).toISOString()
        if (until !== undefined && Date.parse(until) <= Date.parse(later)) break
        const then = evaluate(rule, subject, params, later)
        expect(saidBy(then), `${days} days later, without a word of it: ${JSON.stringify(subject)}`).toEqual(
          saidBy(first),
        )
      }
    }
  })
}

/** What is written down of a verdict. */
function saidBy(verdict: Verdict) {
  const { state } = verdict
  if (state === 'not-applicable' || state === 'pass') return { state }
  const { message } = verdict
  return state === 'unknown'
    ? { state, message }
    : { state, message, severity: verdict.severity, latent: verdict.latent }
}

function testPapers(meta: { id: string; remedy: string }): void {
  test('rule.md has its headings in order', () => {
    const text = readFileSync(`${import.meta.dirname}/${meta.id}/rule.md`, 'utf8')
    expect(text.split(/\r?\n/).filter((line) => line.startsWith('## '))).toEqual(HEADINGS)
    for (const section of text.split(/^## .*$/m).slice(1)) expect(section.trim()).not.toBe('')
  })
  test('rule.md has no markup that its page does not show', () => {
    const text = readFileSync(`${import.meta.dirname}/${meta.id}/rule.md`, 'utf8')
    expect(text.match(/\*\*|__|^#{3,}|^\d+\. |^> |^\||!?\[[^\]]*\]\(/gm) ?? []).toEqual([])
  })
  test('its remedy is a sentence', () => expect(meta.remedy).toMatch(/^[A-Z].*\.$/))
}

/** A template as a pattern of what it can say. */
const patternOf = (template: string): RegExp =>
  new RegExp(
    `^${template
      .split(/\{\{\w+\}\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+')}$`,
  )
