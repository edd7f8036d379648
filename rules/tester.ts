// Tests a rule from its examples, makes the cases of ignorance itself, and checks the rule's paper.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { absent, isFact, unknown, type Instant } from '@/core/fact'
import { evaluate, type Rule, type Severity } from '@/core/rule'
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
  fail: readonly { given: SubjectOf<K>; says: string; severity?: Severity }[]
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
    test.each(fail)('fails: $says', ({ given, says, severity }) => {
      expect(says).not.toContain('{{')
      expect(ask(given)).toMatchObject({
        state: 'fail',
        message: says,
        severity: severity ?? rule.meta.severity,
      })
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
    testPapers(rule.meta)
  })
}

/** What is not known gives no verdict; what is known to be none gives one, or says on what it depends. */
function testIgnorance<K extends SubjectKind, N extends FactName<K>, P>(
  rule: Rule<K, N, P>,
  subjects: readonly SubjectOf<K>[],
  ask: (subject: SubjectOf<K>) => { state: string; missing?: string[] },
): void {
  test.each(rule.meta.needs)('without %s the verdict is unknown, whatever else is known', (need) => {
    for (const subject of subjects) {
      const verdict = ask({ ...subject, [need]: unknown('denied', 'tester', 'refused on purpose') })
      expect(verdict.state).toBe('unknown')
      expect(verdict.missing).toContain(need)
    }
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

function testPapers(meta: { id: string; remedy: string }): void {
  test('rule.md has its headings in order', () => {
    const text = readFileSync(`${import.meta.dirname}/${meta.id}/rule.md`, 'utf8')
    expect(text.split(/\r?\n/).filter((line) => line.startsWith('## '))).toEqual(HEADINGS)
    for (const section of text.split(/^## .*$/m).slice(1)) expect(section.trim()).not.toBe('')
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
