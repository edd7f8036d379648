// What every rule answers about the sample organisation, as a page of the documentation: a rule that suddenly passes everybody,
// or knows nothing of anybody, is seen there. UPDATE_DOCS=1 writes the page as it is now.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { format, resolveConfig } from 'prettier'
import { SEVERITIES } from '@/core/rule'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { rules } from '@/rules'

const PAGE = path.resolve(import.meta.dirname, '../../docs/rules.md')
const HEAD = `# Rules

What each rule needs to know, which risks of the OWASP NHI Top 10 2025 and which outcomes of NIST CSF 2.0 it is evidence toward, and what it answers about the sample organisation: fail, pass, unknown. A fact that a rule needs and nobody knows makes its answer unknown, never a pass. An answer that holds whatever the fact is, is given all the same. Facts in brackets are weighed where they are known.

What a rule means, how it knows and what it cannot see stands beside it, in \`rules/<id>/rule.md\` and on its page in the application.
`
type Count = { pass: number; fail: number; unknown: number }
const counts = new Map<string, Count>()

beforeAll(async () => {
  for (const { ruleId, _sum: sum } of await db.tally.groupBy({
    by: ['ruleId'],
    _sum: { pass: true, fail: true, unknown: true },
  }))
    counts.set(ruleId, { pass: sum.pass ?? 0, fail: sum.fail ?? 0, unknown: sum.unknown ?? 0 })
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

const ofFramework = (controls: readonly string[], framework: string): string =>
  controls
    .flatMap((control) => (control.startsWith(`${framework}:`) ? [control.slice(framework.length + 1)] : []))
    .map((id) => id.replace(/:2025$/, ''))
    .join(', ') || '–'

function row({ meta }: (typeof rules)[number]): string {
  const { pass, fail, unknown } = counts.get(meta.id) ?? { pass: 0, fail: 0, unknown: 0 }
  const weighs = meta.weighs?.length ? ` (${meta.weighs.join(', ')})` : ''
  const cells = [
    `[${meta.id}](../rules/${meta.id}/rule.md)`,
    meta.severity,
    `${meta.needs.join(', ')}${weighs}`,
    ofFramework(meta.controls, 'owasp-nhi'),
    ofFramework(meta.controls, 'csf'),
    ...[fail, pass, unknown].map(String),
  ]
  return `| ${cells.join(' | ')} |`
}

async function page(): Promise<string> {
  const kinds = [...new Set(rules.map(({ meta }) => meta.subject))].map((subject) => {
    const own = rules.filter(({ meta }) => meta.subject === subject)
    const worst = (one: (typeof rules)[number]) => SEVERITIES.indexOf(one.meta.severity)
    own.sort((a, b) => worst(a) - worst(b) || (a.meta.id < b.meta.id ? -1 : 1))
    return [
      `## About ${subject === 'identity' ? 'identities' : `${subject}s`}`,
      '',
      '| Rule | Severity | Needs | OWASP | CSF | Fail | Pass | Unknown |',
      '| --- | --- | --- | --- | --- | ---: | ---: | ---: |',
      ...own.map(row),
    ].join('\n')
  })
  const text = [HEAD, ...kinds].join('\n\n')
  return format(text, { ...(await resolveConfig(PAGE)), parser: 'markdown' })
}

test('every rule is asked, and speaks about somebody', () => {
  expect(rules.filter(({ meta }) => !counts.has(meta.id)).map(({ meta }) => meta.id)).toEqual([])
  const silent = rules.filter(({ meta }) => {
    const { pass = 0, fail = 0, unknown = 0 } = counts.get(meta.id) ?? {}
    return pass + fail + unknown === 0
  })
  // The sample's policy declares nothing to be for emergencies, and decides nothing about issuers and names.
  expect(silent.map(({ meta }) => meta.id)).toEqual([
    'identity-emergency-used',
    'identity-issuer-unlisted',
    'identity-name-unfitting',
  ])
})
test('docs/rules.md tells what they answer', async () => {
  const now = await page()
  if (process.env.UPDATE_DOCS === '1') writeFileSync(PAGE, now)
  expect(readFileSync(PAGE, 'utf8').replaceAll('\r\n', '\n'), 'UPDATE_DOCS=1 writes it anew').toBe(now)
})
