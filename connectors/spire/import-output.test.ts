// What commands printed, as the server itself: the same rows, what is not there is unknown, and no secret comes in.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { replay } from '@/tests/conformance'
import spire from './collect'
import { ENTRIES_HELD, eventsOf, observed, partial, TOKENS, WORLD } from './fixtures/recorded-world'
import { AGENTS, BUNDLES, COMMAND, FEDERATION } from './calls'
import { OUTPUT } from './manifest'
import { openOutput } from './import-output'

const folder = mkdtempSync(join(tmpdir(), 'spire-import-'))
let files = 0
function file(...answers: (object | string)[]): string {
  const path = join(folder, `${++files}.json`)
  writeFileSync(path, answers.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n'))
  return path
}
const read = async (...answers: (object | string)[]) => {
  const { transport, report } = await spire.openFile(OUTPUT, file(...answers))
  return { events: await eventsOf(transport), report: report() }
}
const refusal = (...answers: (object | string)[]): Promise<string> =>
  spire.openFile(OUTPUT, file(...answers)).then(
    () => 'no refusal',
    (error: Error) => error.message,
  )
const recorded = (permission: string) => WORLD.find((one) => one.permission === permission)?.answer as object
const KEYS = { x509_authorities: [{ asn1: 'CANARY-KEY' }], jwt_authorities: [{ public_key: 'CANARY-KEY' }] }
const bundle = { trust_domain: 'acme.example', ...KEYS, refresh_hint: '0', sequence_number: '1' }
const [down, others] = [true, false].map((is) => ENTRIES_HELD.filter(({ downstream }) => downstream === is))
const entries = (list: readonly unknown[] = ENTRIES_HELD) => ({ entries: list, next_page_token: '' })
const counts = [{ count: others!.length }, { count: down!.length }] as const
const agents = recorded(AGENTS) as { agents: object[] }
const federation = [recorded(BUNDLES), recorded(FEDERATION)]
const discovery = { issuer: 'https://oidc.acme.example', jwks_uri: 'https://oidc.acme.example/keys' }
const WHOLE = [bundle, ...counts, entries(), { count: 3 }, agents, ...federation, discovery]
const ENTRY_KINDS = ['identity', 'trust', 'credential', 'entitlement', 'grant'].map(
  (kind) => `entries ${kind}`,
)
const spiffeIds = (events: Awaited<ReturnType<typeof eventsOf>>) =>
  observed(events).flatMap((one) => (one.kind === 'identity' ? [one.nativeId] : []))

test('all answers in one file are the server', async () => {
  const { events, report } = await read(...WHOLE)
  expect(partial(events)).toEqual([])
  const sorted = (all: ReturnType<typeof observed>) => all.map((one) => JSON.stringify(one)).sort()
  expect(sorted(observed(events))).toEqual(sorted(observed(await eventsOf(replay(WORLD)))))
  expect(report.understood).toEqual([
    { what: 'entries', count: 16 },
    { what: 'agents', count: 3 },
    { what: 'federated trust domains', count: 1 },
    { what: 'federation relationships', count: 1 },
  ])
})

test('no key, no join token and no value of an environment variable comes out', async () => {
  const { events, report } = await read(...WHOLE)
  const text = JSON.stringify([events, report])
  for (const canary of [...TOKENS, 'CANARY-KEY']) expect(text).not.toContain(canary)
  expect(report.dropped).toContainEqual({ path: 'bundles.x509_authorities', count: 1 })
})

test('a page of a long list is read to its end', async () => {
  const many = Array.from({ length: 2500 }, (_, n) => ({
    ...others![0]!,
    id: `many-${n}`,
    spiffe_id: { trust_domain: 'acme.example', path: `/many/${n}` },
  }))
  const { events } = await read(bundle, { count: 2500 }, { count: 0 }, entries(many))
  expect(partial(events).filter((one) => one.startsWith('entries'))).toEqual([])
  expect(spiffeIds(events)).toHaveLength(2500)
})

describe('a list is whole only where the server counted as many', () => {
  const wholeOf = async (...answers: (object | string)[]) =>
    partial((await read(bundle, ...answers)).events).filter((one) => one.startsWith('entries'))
  test('before it, in both ways', async () => {
    expect(await wholeOf(...counts, entries())).toEqual([])
  })
  test.each<[string, ...object[]]>([
    ['without a count', entries()],
    ['with one count', counts[0], entries()],
    ['with a count behind it', entries(), ...counts],
    ['with a filter', ...counts, entries(ENTRIES_HELD.slice(1))],
    ['with a filter that left out downstream servers', ...counts, entries(others)],
    ['where counts are of something else', { count: 1 }, ...counts, entries()],
    ['where it was counted in two ways', ...counts, entries(), { count: 3 }, { count: 1 }, entries()],
  ])('not %s', async (_, ...answers) => {
    expect(await wholeOf(...answers)).toEqual(ENTRY_KINDS)
  })
  test('all the same everything in it is there', async () => {
    const { events } = await read(entries())
    expect(spiffeIds(events)).toHaveLength(new Set(ENTRIES_HELD.map(({ spiffe_id }) => spiffe_id.path)).size)
  })
  test('and so with agents', async () => {
    const of = async (...answers: object[]) =>
      partial((await read(bundle, ...answers)).events).filter((one) => one.startsWith('agents'))
    expect(await of({ count: 3 }, agents)).toEqual([])
    expect(await of(agents)).toEqual(['agents identity'])
    expect(await of({ count: 4 }, agents)).toEqual(['agents identity'])
  })
})

describe('an empty list', () => {
  test('is one of entries or agents by the counts before it', async () => {
    const none = { entries: [], next_page_token: '' }
    const { events } = await read(
      bundle,
      { count: 0 },
      { count: 0 },
      none,
      { count: 0 },
      { agents: [], next_page_token: '' },
    )
    expect(partial(events).filter((one) => /entries|agents/.test(one))).toEqual([])
  })
  test('is nothing where nothing tells what of', async () => {
    const { events, report } = await read(bundle, { entries: [], next_page_token: '' })
    expect(partial(events)).toEqual(expect.arrayContaining(ENTRY_KINDS))
    expect(report.ignored).toEqual([expect.objectContaining({ what: 'empty lists' })])
  })
  test('of federation says that there is none', async () => {
    const { events } = await read(
      bundle,
      { bundles: [], next_page_token: '' },
      { federation_relationships: [], next_page_token: '' },
    )
    expect(partial(events).filter((one) => one.startsWith('federation'))).toEqual([])
  })
})

test('a list that went on elsewhere is not whole', async () => {
  const { events } = await read(bundle, { ...recorded(BUNDLES), next_page_token: '2' }, recorded(FEDERATION))
  expect(partial(events)).toEqual(expect.arrayContaining(['federation issuer', 'federation identity']))
})

describe('refused with the place, and nothing of it is taken:', () => {
  const [first] = ENTRIES_HELD
  test.each<[string, RegExp, ...(object | string)[]]>([
    ['no JSON', /not what spire-server prints/, 'Found 15 entries'],
    ['cut short', /ends in the middle, after entries\[14\]/, JSON.stringify(entries()).slice(0, -30)],
    ['garbage', /is not JSON/, '{"count":1}', '{nonsense'],
    ['an entry without its rights', /entries\[0\]\.admin/, entries([{ ...first, admin: undefined }])],
    ['an entry without selectors', /entries\[0\]\.selectors/, entries([{ ...first, selectors: [] }])],
    [
      'a strange SPIFFE ID',
      /spiffe_id\.path/,
      entries([{ ...first, spiffe_id: { trust_domain: 'a', path: '/../x' } }]),
    ],
    ['two that differ', /there twice/, entries([first, { ...first, hint: 'other' }])],
    ['two trust domains', /several trust domains/, bundle, { trust_domain: 'other.example' }],
    ['no trust domain', /which trust domain/, recorded(FEDERATION)],
  ])('%s', async (_, says, ...answers) => {
    expect(await refusal(...answers)).toMatch(says)
  })
  test('more than is read', async () => {
    await expect(openOutput(file(...WHOLE), 1024 * 1024 * 0.001)).rejects.toThrow(/too large/)
  })
})

test('the command that is shown asks for every answer, and counts before each list', () => {
  const at = (text: string) => COMMAND.indexOf(text)
  expect(at('entry count;')).toBeGreaterThan(0)
  expect(at('entry count;')).toBeLessThan(at('entry count -downstream'))
  expect(at('entry count -downstream')).toBeLessThan(at('entry show'))
  expect(at('agent count')).toBeLessThan(at('agent list'))
})
