// What holds of every way around every credential: its texts hold what names say and nothing more, it lets in no pattern, and it
// ends with the credential.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { manifests } from '@/governance/connector-registry'
import { HOSTILE } from '@/tests/hostile-texts'
import { readHcl, type ParsedBlock } from '@/tests/read-hcl'
import type { Replaceable } from './replacement'
import { isReplaceable, waysWithout } from './replacers'

const TYPES = manifests().flatMap(({ ofType }) =>
  Object.entries(ofType ?? {}).flatMap(([type, { alternative }]) =>
    alternative === undefined ? [] : [type],
  ),
)
/** Everything that a source could name, named the same. */
const named = (type: string, name: string): Replaceable => ({
  credential: { id: `/subscriptions/s/${name}/keys/1`, type, name: `${name} (${name}/static-roles/${name})` },
  scope: { id: name, name },
  identity: {
    id: name,
    type: 'x',
    name,
    aliases: [
      `arn:aws:iam::111122223333:user/${name}`,
      `system:serviceaccount:shop:${name.replaceAll(':', '')}`,
      `projects/p/serviceAccounts/${name}`,
      `${name}@p.iam.gserviceaccount.com`,
    ],
    facets: [{ id: name, type: 'azure.application-registration' }],
  },
  consumers: [
    { type: 'kubernetes.deployment', name: `${name}/${name}`, namespace: name },
    { type: 'aws.lambda-function', name },
  ],
  issuers: [
    { id: name, type: 'aws.oidc-provider', name, aliases: [], audiences: [name] },
    { id: name, type: 'aws.oidc-provider', name: `oidc.eks.x.amazonaws.com/id/${name}`, aliases: [] },
    { id: name, type: 'vault.auth-method', name: `auth/${name} (kubernetes)`, aliases: [] },
    {
      id: `projects/${name.replaceAll('/', '')}/locations/global/workloadIdentityPools/a/providers/b`,
      type: 'gcp.workload-identity-provider',
      name: 'a/b (gitlab.com)',
      aliases: [],
    },
    { id: name, type: 'kubernetes.token-issuer', name, aliases: [] },
  ],
  rights: [
    { id: `arn:aws:iam::111122223333:policy/${name}`, name, via: 'attached', effect: 'allow' },
    { id: name, name, via: 'attached', effect: 'allow' },
  ],
})
const allOf = (name: string) => TYPES.flatMap((type) => waysWithout(named(type, name)))
const filesOf = (name: string) => allOf(name).flatMap(({ files }) => files)

/** Blocks, arguments and what they refer to, without any text. */
const shapeOf = ({ type, values, blocks }: ParsedBlock): unknown => [
  type,
  Object.entries(values).map(([name, value]) => [name, shapeOfValue(value)]),
  blocks.map(shapeOf),
]
const shapeOfValue = (value: unknown): unknown =>
  typeof value !== 'object' || value === null
    ? typeof value
    : 'ref' in value
      ? String(value.ref).replace(/rollcall_[a-z0-9_]+/g, 'own')
      : 'parts' in value
        ? (value.parts as unknown[]).map((one) => (typeof one === 'string' ? 'text' : shapeOfValue(one)))
        : Object.values(value).map(shapeOfValue)
const yamlShape = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).map(([key, one]) => [key, yamlShape(one)])
    : typeof value

describe('texts', () => {
  test('are written for each language and each type', () => {
    expect(new Set(filesOf('deploy').map(({ language }) => language))).toEqual(new Set(['hcl', 'yaml']))
    for (const type of TYPES) expect(waysWithout(named(type, 'deploy')), type).not.toEqual([])
  })
  test('have the shape that they have with a plain name, whatever the name is', () => {
    const shape = (name: string) =>
      filesOf(name).map(({ name: file, language, text }) => [
        file,
        language === 'hcl' ? readHcl(text).map(shapeOf) : yamlShape(parse(text)),
      ])
    // Names of another sort lead to other blocks: these are of the same sort.
    const plain = shape('x-1 y')
    fc.assert(
      fc.property(
        HOSTILE.map((text) => `${text.replaceAll('/', '')}-1 y`),
        (name) => {
          expect(shape(name)).toEqual(plain)
        },
      ),
      { numRuns: 60 },
    )
  })
  test('hold the name as it is', () => {
    fc.assert(
      fc.property(
        HOSTILE.map((text) => `${text.replaceAll(/[/:]/g, '')}-1`),
        (name) => {
          const [patch] = waysWithout(named('kubernetes.legacy-token', name))
          expect(parse(patch?.files[0]?.text ?? '')).toMatchObject({ metadata: { namespace: name } })
        },
      ),
    )
  })
  test('bring no line of a name into words', () => {
    for (const { title, fits, steps, notes } of allOf('a\nb\u2028c\u0085d'))
      for (const text of [title, fits, ...steps, ...notes]) expect(text).not.toMatch(/[\n\u2028\u0085]/)
  })
})

describe('every way', () => {
  const ways = TYPES.flatMap((type) => waysWithout(named(type, 'deploy')).map((way) => ({ type, way })))
  test.each(ways.map(({ type, way }) => [`${type} ${way.id}`, way] as const))('%s', (_, way) => {
    expect(way.steps.join(' ')).toContain('Then delete this credential:')
    expect(way.notes).not.toEqual([])
    for (const { text } of way.files) {
      expect(text).not.toMatch(/StringLike|bound_claims_type|principalSet:\/\//)
      expect(text).not.toMatch(/[^"]\*|\*[^"]/)
      for (const mark of text.match(/FILL_IN_\w+/g) ?? [])
        expect(way.fillIn.map((one) => one.mark)).toContain(mark)
    }
    expect(way.fillIn.every(({ means }) => means.length > 10)).toBe(true)
  })
  test('is told from the others of its credential', () => {
    for (const type of TYPES) {
      const ids = waysWithout(named(type, 'deploy')).map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
    }
  })
  test('is the same for the same facts', () => expect(allOf('deploy')).toEqual(allOf('deploy')))
})

test('whatever a connector says could be done without has a way, and nothing else', () => {
  expect(TYPES.length).toBeGreaterThan(12)
  for (const type of TYPES) expect(isReplaceable(type), type).toBe(true)
  const others = manifests().flatMap(({ types }) => Object.keys(types).filter((one) => !TYPES.includes(one)))
  expect(others.filter(isReplaceable)).toEqual([])
})
