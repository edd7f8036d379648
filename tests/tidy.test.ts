// House rules about files: sizes, names, forbidden words, and registries that match their folders.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = path.dirname(import.meta.dirname)

const FOLDERS = [
  'app',
  'cli',
  'connectors',
  'core',
  'docs',
  'evaluators',
  'governance',
  'inventory',
  'jobs',
  'prisma',
]
FOLDERS.push('bench', 'estate', 'public', 'rules', 'scripts', 'senders', 'tests')

const BUDGET = { median: 80, ninetieth: 200, largest: 400 }
const BANNED_FOLDERS = ['utils', 'helpers', 'lib', 'shared', 'common']
const BANNED_TEXT: [name: string, pattern: RegExp][] = [
  ['a cast to any', /\bas any\b/],
  ['a note to do something later', /\b(TODO|FIXME|XXX)\b/],
  ['a switched-off type check', /@ts-(ignore|nocheck|expect-error)/],
]

// Only connectors and evaluators know who they talk to; everything else works on what core calls things.
const PROVIDERS = [
  'aws',
  'azure',
  'entra',
  'gcp',
  'google',
  'kubernetes',
  'vault',
  'openbao',
  'github',
  'gitlab',
]
const PROVIDER = new RegExp(`\\b(${[...PROVIDERS, 'okta', 'spire'].join('|')})\\b`, 'i')
const KNOWS_PROVIDERS = /^(connectors|evaluators|tests|scripts)\/|\.test\.tsx?$/
/** Files that name a provider for a reason, which stands here. */
const CLIENT = 'the name of the package that speaks the protocol of S3, which many stores do'
const MAY_NAME_PROVIDERS: Record<string, string> = {
  'governance/packs/delivery/places/store-client.ts': CLIENT,
  'governance/packs/delivery/places/store-objects.ts': CLIENT,
}

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/
/** Next's folders with a meaning ([id], [...all], (group), @slot) and the private ones of app. */
const NEXT_FOLDER = /^(\[{1,2}(\.\.\.)?[a-z][a-zA-Z]*\]{1,2}|\([a-z-]+\)|@[a-z]+|_[a-z]+(-[a-z]+)*)$/

/** What git has or would take. */
function repositoryFiles() {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const names = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26 }).split('\0')
  return [...new Set(names)].filter((name) => name && existsSync(path.join(ROOT, name)))
}

const FILES = repositoryFiles()
const SOURCES = FILES.filter(
  (name) => /\.(ts|tsx|mjs|js)$/.test(name) && !/(^|\/)(generated|fixtures)\//.test(name),
)
const read = (name: string) => readFileSync(path.join(ROOT, name), 'utf8')
const lines = (name: string) => read(name).trimEnd().split('\n').length
const subfolders = (name: string) =>
  readdirSync(path.join(ROOT, name), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()

test.each(FOLDERS)('%s/ exists', (folder) => expect(existsSync(path.join(ROOT, folder))).toBe(true))

describe('sizes', () => {
  const sizes = SOURCES.map((name) => ({ name, size: lines(name) })).sort((a, b) => a.size - b.size)
  const at = (share: number) => sizes[Math.floor((sizes.length - 1) * share)]!.size

  test('half of the files are short', () => expect(at(0.5)).toBeLessThanOrEqual(BUDGET.median))
  test('nine of ten fit a few screens', () => expect(at(0.9)).toBeLessThanOrEqual(BUDGET.ninetieth))
  test('none is too long', () => expect(sizes.filter((file) => file.size > BUDGET.largest)).toEqual([]))
})

describe('names', () => {
  const folders = [...new Set(SOURCES.flatMap((name) => name.split('/').slice(0, -1)))]

  test('no folder is a drawer for anything', () => {
    expect(folders.filter((name) => BANNED_FOLDERS.includes(name))).toEqual([])
    const files = SOURCES.filter((name) => BANNED_FOLDERS.includes(path.basename(name).split('.')[0]!))
    expect(files).toEqual([])
  })
  test('folders are in kebab-case', () => {
    expect(
      folders.filter((name) => !KEBAB.test(name) && !NEXT_FOLDER.test(name) && !name.startsWith('.')),
    ).toEqual([])
  })
  test('files are in kebab-case', () => {
    expect(SOURCES.filter((name) => !KEBAB.test(path.basename(name)))).toEqual([])
  })
})

describe('text', () => {
  const self = 'tests/tidy.test.ts'
  test.each(BANNED_TEXT)('%s is nowhere', (_, pattern) => {
    expect(SOURCES.filter((name) => name !== self && pattern.test(read(name)))).toEqual([])
  })
  test('only connectors and evaluators name a provider', () => {
    const code = SOURCES.filter((name) => /\.tsx?$/.test(name) && !KNOWS_PROVIDERS.test(name))
    const naming = code.filter(
      (name) => !Object.hasOwn(MAY_NAME_PROVIDERS, name) && PROVIDER.test(read(name)),
    )
    expect(naming.map((name) => `${name}: ${PROVIDER.exec(read(name))?.[0]}`)).toEqual([])
  })
  test('every exception to that is needed', () => {
    const needless = Object.keys(MAY_NAME_PROVIDERS).filter(
      (name) => !SOURCES.includes(name) || !PROVIDER.test(read(name)),
    )
    expect(needless).toEqual([])
  })
})

describe.each([
  { folder: 'rules', needs: ['rule.ts', 'rule.md', 'rule.test.ts'], entry: 'rule' },
  { folder: 'connectors', needs: ['manifest.ts', 'README.md', 'connector.test.ts'], entry: '[a-z-]+' },
])('$folder', ({ folder, needs, entry }) => {
  test('each has all its files', () => {
    const missing = subfolders(folder).flatMap((id) =>
      needs.map((name) => `${folder}/${id}/${name}`).filter((name) => !existsSync(path.join(ROOT, name))),
    )
    expect(missing).toEqual([])
  })
  test('the registry has exactly the folders', () => {
    const pattern = new RegExp(`['"](?:\\./|@/${folder}/)([a-z0-9-]+)/${entry}['"]`, 'g')
    const registered = [...read(`${folder}/index.ts`).matchAll(pattern)].map((match) => match[1]!)
    expect([...new Set(registered)].sort()).toEqual(subfolders(folder))
  })
})
