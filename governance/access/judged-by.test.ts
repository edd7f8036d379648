// Nothing that judges can change unnoticed: its text is locked by hash, folder by folder. UPDATE_REVISIONS=1 locks it as it is now.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '../..')
const LOCK = path.join(import.meta.dirname, 'judged-by.json')
/** Whatever these import of the same layers is part of it. */
const STARTS = [
  'evaluators/platforms.ts',
  ...['load-realm', 'analyse-realm', 'write-analysis', 'rests-on'].map(
    (name) => `governance/access/${name}.ts`,
  ),
]
const OURS = /^(core|evaluators|governance\/access)\//
const OWN = ['governance/access/judged-by.ts', 'governance/access/judged-by.json']

/** The same on every system, however its checkout ends lines. */
const textOf = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8').replaceAll('\r\n', '\n')

function imported(file: string): string[] {
  if (!file.endsWith('.ts')) return []
  return ts.preProcessFile(textOf(file), true, true).importedFiles.flatMap(({ fileName }) => {
    const inside = fileName.startsWith('@/')
      ? fileName.slice(2)
      : fileName.startsWith('.')
        ? path.posix.join(path.posix.dirname(file), fileName)
        : undefined
    if (inside === undefined || !OURS.test(inside) || OWN.includes(`${inside}.ts`)) return []
    const found = [inside, `${inside}.ts`, `${inside}/index.ts`].find(
      (one) => /\.\w+$/.test(one) && existsSync(path.join(ROOT, one)),
    )
    if (found === undefined) throw new Error(`${file} imports ${fileName}, which is not there`)
    return [found]
  })
}

function judging(): string[] {
  const found = new Set(STARTS)
  for (const file of found) for (const one of imported(file)) found.add(one)
  return [...found].sort()
}

/** Packages that decide answers as well. */
const packages = (files: readonly string[]): string[] => {
  const { dependencies } = JSON.parse(textOf('package.json')) as { dependencies: Record<string, string> }
  const named = files
    .filter((file) => file.startsWith('evaluators/') && file.endsWith('.ts'))
    .flatMap((file) =>
      ts.preProcessFile(textOf(file), true, true).importedFiles.map(({ fileName }) => fileName),
    )
  return Object.keys(dependencies)
    .filter((name) => named.includes(name))
    .map((name) => `${name} ${dependencies[name]}`)
}

function hashes(): Record<string, string> {
  const files = judging()
  const hashed = new Map<string, ReturnType<typeof createHash>>()
  for (const file of files) {
    const folder = file
      .split('/')
      .slice(0, 2)
      .join('/')
      .replace(/\/[^/]+\.\w+$/, '')
    const hash = hashed.get(folder) ?? createHash('sha256')
    hashed.set(folder, hash.update(`${file}\n${textOf(file)}\n`))
  }
  const all = [...hashed].map(([folder, hash]) => [folder, hash.digest('hex')])
  return Object.fromEntries([...all, ['packages', packages(files).join()]].sort())
}

test('whatever judges is locked at the text it has', () => {
  const actual = hashes()
  if (process.env.UPDATE_REVISIONS === '1') writeFileSync(LOCK, JSON.stringify(actual, null, 2) + '\n')
  const locked: unknown = JSON.parse(readFileSync(LOCK, 'utf8'))
  expect(locked, 'what judges has changed; UPDATE_REVISIONS=1 locks it anew').toEqual(actual)
})

test('every evaluator is part of it, with its tables, and so is what it is handed', () => {
  const files = judging()
  for (const one of [
    'aws-iam/escalations/table-others.ts',
    'aws-iam/catalogue/actions.json',
    'gcp/cel.ts',
    'azure/steps.ts',
  ])
    expect(files).toContain(`evaluators/${one}`)
  for (const one of ['kubernetes/leads.ts', 'vault/steps.ts', 'three-valued.ts', 'federation/issuers.ts'])
    expect(files).toContain(`evaluators/${one}`)
  expect(files).toEqual(
    expect.arrayContaining(['governance/access/realm-rows.ts', 'governance/access/step-row.ts']),
  )
  expect(packages(files).join()).toMatch(/cel-js/)
})
