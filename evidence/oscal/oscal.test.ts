// The document against the schema that NIST publishes, and what the schema does not check: references, ids, honesty.
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { FRAMEWORKS } from '@/governance/frameworks/frameworks'
import { bytesOf, madeFacts, madeFindings } from '@/tests/report-facts'
import { assessmentResults } from './assessment-results'
import { controlToken } from './control-token'
import type { ControlResult, ReportFacts } from '../report/facts'

const SCHEMA = new URL('fixtures/oscal-assessment-results.schema.json', import.meta.url)
const validator = new Ajv({ allErrors: true })
addFormats.default(validator)
const isValid = validator.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object)
const errorsOf = (document: unknown) =>
  isValid(document)
    ? []
    : isValid.errors!.slice(0, 5).map(({ instancePath, message }) => `${instancePath} ${message}`)

type Node = { [key: string]: unknown }
type Finding = {
  target: { status: { state: string; reason: string; remarks: string } }
  props: { name: string; value: string }[]
}
type Result = { [key: string]: unknown; observations: Node[]; findings: Finding[]; remarks: string }
async function documentOf(facts: ReportFacts, findings = 30, most?: number) {
  const bytes = await bytesOf(assessmentResults(facts, madeFindings(findings), most))
  const document = JSON.parse(bytes.toString('utf8')) as {
    'assessment-results': { results: [Result] } & Node
  }
  return { bytes, document, result: document['assessment-results'].results[0] }
}

/** Every value that stands under one of these keys, wherever it is. */
function valuesOf(node: unknown, keys: readonly string[]): string[] {
  if (Array.isArray(node)) return node.flatMap((one) => valuesOf(one, keys))
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) =>
    keys.includes(key) ? [value].flat().map(String) : valuesOf(value, keys),
  )
}

describe('the schema of NIST', () => {
  test.each([
    ['much', madeFacts(), 600],
    ['nothing but one control', madeFacts({ controls: 1, complete: true }), 0],
    ['no control at all', madeFacts({ controls: 0 }), 3],
    [
      'nothing',
      { ...madeFacts({ controls: 0, complete: true }), sources: [], files: [], method: [], scope: [] },
      0,
    ],
  ])('accepts a pack with %s', async (_, facts, count) => {
    const { document } = await documentOf(facts, count)
    expect(errorsOf(document)).toEqual([])
  })
  test('refuses what does not fit, so that the test above can fail', async () => {
    const { document } = await documentOf(madeFacts(), 1)
    const changed = structuredClone(document['assessment-results'])
    changed.results[0].findings = []
    expect(errorsOf({ 'assessment-results': changed })).not.toEqual([])
    expect(errorsOf({ 'assessment-results': { ...changed, uuid: '0199-7' } })).not.toEqual([])
  })
})

describe('what the schema does not check', () => {
  test('every reference leads somewhere, and every id is there once', async () => {
    const { document } = await documentOf(madeFacts(), 600)
    const ids = valuesOf(document, ['uuid'])
    expect(new Set(ids).size).toBe(ids.length)
    const references = [
      'subject-uuid',
      'observation-uuid',
      'risk-uuid',
      'actor-uuid',
      'component-uuid',
      'party-uuids',
    ]
    const local = valuesOf(document, ['href']).filter((href) => href.startsWith('#'))
    expect(local).toHaveLength(1)
    const dangling = [...valuesOf(document, references), ...local.map((href) => href.slice(1))].filter(
      (uuid) => !ids.includes(uuid),
    )
    expect(dangling).toEqual([])
  })
  test('methods, types and states are of those that NIST lists', async () => {
    const { document } = await documentOf(madeFacts(), 100)
    expect(new Set(valuesOf(document, ['methods']))).toEqual(new Set(['TEST']))
    expect(new Set(valuesOf(document, ['types']))).toEqual(
      new Set(['control-objective', 'finding', 'historic']),
    )
  })
  test('no two controls of a framework have one id, and all of them are tokens', () => {
    for (const framework of FRAMEWORKS) {
      const tokens = framework.controls.map(({ id }) => controlToken({ framework, control: id }))
      expect(new Set(tokens).size, framework.id).toBe(tokens.length)
      for (const token of tokens) expect(token).toMatch(/^[\p{L}_][\p{L}\p{N}._-]*$/u)
    }
  })
  test.each([
    ['csf', 'PR.AA-05', 'PR.AA-05'],
    ['nist-800-53', 'AC-2(3)', 'ac-2.3'],
    ['nist-800-53', 'IA-9', 'ia-9'],
    ['owasp-nhi', 'NHI1:2025', 'NHI1-2025'],
    ['pci-dss', '8.6.1', 'pci-dss_8.6.1'],
    ['dora', 'RTS Art. 21(e)(iv)', 'RTS-Art.-21.e.iv'],
  ])('%s:%s is %s', (id, control, token) => {
    expect(controlToken({ framework: { id, title: '', version: '' }, control })).toBe(token)
  })
})

describe('what is not known', () => {
  const statesOf = ({ findings }: Result) =>
    Object.fromEntries(
      findings.map(({ target: { status }, props }) => [
        props.find(({ name }) => name === 'state')!.value,
        `${status.state} ${status.reason}`,
      ]),
    )
  test('is never satisfied, and where nothing was tested there is no finding at all', async () => {
    const { result } = await documentOf(madeFacts({ controls: 5 }))
    expect(statesOf(result)).toEqual({
      failing: 'not-satisfied fail',
      'no-failure': 'satisfied pass',
      'cannot-tell': 'not-satisfied other',
    })
    const unclear = result.findings.find(({ target }) => target.status.reason === 'other')!
    expect(unclear.target.status.remarks).toContain('NOT DETERMINED')
    expect(unclear.target.status.remarks).toContain('denied: iam:ListAccessKeys')
  })
  test('what was not assessed is excluded from what was reviewed, and named', async () => {
    const facts = madeFacts({ controls: 5 })
    const { result } = await documentOf(facts)
    const { 'control-selections': selections } = result['reviewed-controls'] as {
      'control-selections': Node[]
    }
    const excluded = selections.flatMap((one) => valuesOf(one['exclude-controls'], ['control-id']))
    const unassessed = facts.controls.filter(({ state }) => state === 'no-rule' || state === 'nothing-judged')
    expect(excluded.sort()).toEqual(unassessed.map((one: ControlResult) => controlToken(one)).sort())
    for (const { control } of unassessed) expect(result.remarks).toContain(control)
  })
  test('an incomplete pack says so in its metadata and its result, with every gap', async () => {
    const facts = madeFacts()
    const { document, result } = await documentOf(facts)
    const { metadata } = document['assessment-results'] as unknown as { metadata: { remarks: string } }
    for (const remarks of [metadata.remarks, result.remarks]) {
      expect(remarks).toContain('INCOMPLETE')
      expect(remarks).toContain('cluster-2 was never looked at')
    }
    const whole = await documentOf(madeFacts({ complete: true }))
    expect(whole.bytes.toString('utf8')).not.toContain('INCOMPLETE')
  })
})

describe('verdicts one by one', () => {
  test('are listed up to a number, and the rest is counted', async () => {
    const { result } = await documentOf(madeFacts({ controls: 0 }), 600, 100)
    expect(result.observations).toHaveLength(100)
    expect(result.remarks).toContain('Of 600 verdicts the first 100 are observations of their own')
    const all = await documentOf(madeFacts({ controls: 0 }), 600)
    expect(all.result.observations).toHaveLength(600)
    expect(all.result.remarks).not.toContain('the first')
  })
  test('names are never read as marks of a text', async () => {
    const { document } = await documentOf(madeFacts(), 30)
    const texts = valuesOf(document, ['title', 'description', 'remarks', 'prose', 'statement'])
    expect(texts.some((text) => text.includes('\\<script\\>'))).toBe(true)
    for (const text of texts) expect(text).not.toMatch(/(?<!\\)(?:\\\\)*[<`*\]]/)
  })
})

test('built again it is the same, byte by byte', async () => {
  const [one, two] = [await documentOf(madeFacts(), 300), await documentOf(madeFacts(), 300)]
  expect(two.bytes.equals(one.bytes)).toBe(true)
})
