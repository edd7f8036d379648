// A policy goes to YAML and back; whatever else stands there is told with its line and column, and hurts nobody.
import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY, Policy } from '@/core/policy'
import { checkYaml, policyYaml, YAML_BYTES_MAX } from './policy-yaml'
import { isSamePolicy } from './pruned'

const NOW = '2026-10-01T00:00:00.000Z'
const first = (text: string) => checkYaml(text, NOW).issues[0]

test.each<[string, unknown]>([
  ['what is built in', DEFAULT_POLICY],
  [
    'texts that look like something else',
    {
      rules: { 'identity-ownerless': { off: 'no' } },
      breakGlass: [{ identity: '*', why: 'yes: "all" # of it', until: '2027-01-01' }],
      suppliers: [{ name: '1e3', identities: ['*-acme', '0x1f', '{x}', 'null', '2026-09-30'] }],
      endTags: ['true', '007', '- x', "it's"],
      ownerTags: ['on', '~'],
    },
  ],
])('%s goes there and back', (_, raw) => {
  const policy = Policy.parse(
    JSON.parse(JSON.stringify(raw).replace('"off":"no"', '"off":"not our matter"')) as unknown,
  )
  const back = checkYaml(policyYaml(policy, 3), NOW)
  expect(back.issues).toEqual([])
  expect(isSamePolicy(back.policy ?? DEFAULT_POLICY, policy)).toBe(true)
  expect(back.policy).not.toBe(policy)
})

describe('what is wrong stands where it is wrong', () => {
  const WRONG = `endTags: [expires]
rules:
  credential-long-lived:
    params:
      ageDaysMax: "90"
    for:
      - types: [demo.user]
        severity: dreadful
  identity-ownerles:
    off: kept elsewhere
suppliers:
  - name: Acme
    identites: [x]
`
  test('each with line, column and what to write instead', () => {
    expect(checkYaml(WRONG.replace(/ {2}identity-ownerles:\n.*\n/, ''), NOW).issues).toEqual([
      {
        line: 8,
        column: 9,
        path: 'rules.credential-long-lived.for.0.severity',
        message: 'must be one of critical, high, medium, low, info',
      },
      {
        line: 11,
        column: 5,
        path: 'suppliers.0.identites',
        message: 'There is no such field. Do you mean identities?',
      },
    ])
    const rest = WRONG.replace('dreadful', 'low').replace('identites', 'identities')
    expect(checkYaml(rest, NOW).issues).toEqual([
      {
        line: 5,
        column: 7,
        path: 'rules.credential-long-lived.params.ageDaysMax',
        message: 'must be a number, not a text; write it without quotes',
      },
      {
        line: 9,
        column: 3,
        path: 'rules.identity-ownerles',
        message: 'There is no such rule. Do you mean identity-ownerless?',
      },
    ])
  })
  test('what is missing is told where it should be', () => {
    const text = 'breakGlass:\n  - identity: root\n    until: 2027-01-01\n'
    expect(first(text)).toEqual({ line: 2, column: 5, path: 'breakGlass.0.why', message: 'is missing' })
  })
  test('warnings too', () => {
    const text = 'breakGlass:\n  - identity: root\n    why: when all fails\n    until: 2020-01-01\n'
    expect(checkYaml(text, NOW).warnings).toMatchObject([{ line: 4, column: 5, path: 'breakGlass.0.until' }])
  })
})

describe('no text does harm', () => {
  test.each<[string, string, string]>([
    ['nothing', '', 'empty'],
    ['a remark', '# nothing here\n', 'empty'],
    ['a word', 'hello', 'must be named fields, not a text'],
    ['a bracket that is not closed', 'endTags: [a, b\nrules: {}\n', ''],
    ['a name twice', 'endTags: []\nendTags: []\n', 'unique'],
    ['two documents', 'endTags: []\n---\nendTags: []\n', 'multiple documents'],
    ['a tab', 'rules:\n\tx: 1\n', ''],
    ['a reference', 'endTags: &x [a]\nsuppliers: *x\n', 'Write it out'],
    ['a reference to nothing', 'endTags: *x\n', ''],
    ['a tag of a language', 'endTags: !!js/function "x"\n', ''],
    ['a prototype', '__proto__: {x: 1}\n', 'no such field'],
    ['a NUL', 'endTags: ["\\0"]\nwrong: \0', ''],
    ['what is far too large', `# ${'x'.repeat(YAML_BYTES_MAX)}\nendTags: []\n`, 'larger than 1 MB'],
    ['ten megabytes', `endTags: [${'a, '.repeat(3_500_000)}]`, 'larger than 1 MB'],
    ['brackets in brackets', '['.repeat(1_000_000), 'too deeply'],
    ['brackets that are closed', `endTags: ${'['.repeat(50_000)}${']'.repeat(50_000)}`, 'too deeply'],
    ['braces in braces', '{a: '.repeat(200_000), 'too deeply'],
    ['lists in lists', '- '.repeat(500_000), 'too deeply'],
    ['names of names', '? '.repeat(500_000), 'too deeply'],
    ['depth of names', Array.from({ length: 900 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'), ''],
  ])('%s', (_, text, says) => {
    const checked = checkYaml(text, NOW)
    expect(checked.policy).toBeUndefined()
    expect(checked.issues.length).toBeGreaterThan(0)
    expect(checked.issues.length).toBeLessThanOrEqual(50)
    expect(checked.issues[0]?.message.toLowerCase()).toContain(says.toLowerCase())
    expect(checked.issues[0]?.line).toBeGreaterThanOrEqual(1)
  })
  test('many brackets are no depth', () => {
    const text = `suppliers:\n  - name: Acme\n    identities: [${'"[[", '.repeat(400)}]\nendTags: [[[]]]\n`
    expect(first(text)?.message).not.toContain('too deeply')
  })
  test('references to references are refused before anything is made of them', () => {
    const lines = Array.from({ length: 30 }, (_, n) => `l${n + 1}: &l${n + 1} [${`*l${n},`.repeat(9)}]`)
    const checked = checkYaml(['l0: &l0 [a]', ...lines].join('\n'), NOW)
    expect(checked.issues[0]?.message).toContain('Write it out')
    expect(checked.issues[0]).toMatchObject({ line: 2 })
  })
})
