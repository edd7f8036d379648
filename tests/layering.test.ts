// Which folder may import what: the table in ARCHITECTURE.md, enforced. Types count as much as values.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const ROOT = path.dirname(import.meta.dirname)

type Layer = {
  /** A folder, or a file without its ending. `*` is one folder's name, and `$` in `ours` the same name again. */
  where: string
  /** What of ours it may import, apart from itself. */
  ours: string[]
  /** The npm packages and Node modules it may import; left out: any. */
  packages?: string[]
  /** Those it may not, although others may. */
  never?: string[]
}

/** Packages that touch neither network, disk, clock nor database. */
const PURE = ['zod', 'date-fns']
const DATABASE = ['prisma/client', 'prisma/generated']
const STORAGE = ['@prisma/client', '@prisma/adapter-pg', 'pg', 'pg-boss']
const INTERFACE = ['next', 'react', 'react-dom', 'better-auth']
const DOMAIN = ['core', 'connectors', 'evaluators', 'inventory', 'rules', 'senders', 'governance']

// The first layer that fits a file is its layer.
const LAYERS: Layer[] = [
  { where: 'core', ours: [], packages: PURE },
  {
    where: 'connectors/*',
    ours: ['core', 'connectors/text-file', 'connectors/json-elements'],
    never: [...STORAGE, ...INTERFACE],
  },
  { where: 'connectors', ours: ['core'], never: [...STORAGE, ...INTERFACE] },
  { where: 'evaluators', ours: ['core'], packages: ['@marcbachmann/cel-js'] },
  // The report alone is made by a library that no browser should load.
  {
    where: 'evidence/report',
    ours: ['evidence'],
    packages: ['pdfmake'],
  },
  // Checks packs in a browser as well: nothing of the server's.
  {
    where: 'evidence',
    ours: [],
    packages: ['zod', '@noble/hashes', '@zip.js/zip.js'],
  },
  { where: 'senders/*', ours: ['core', 'senders/door'], never: [...STORAGE, ...INTERFACE] },
  { where: 'senders', ours: ['core'], never: [...STORAGE, ...INTERFACE] },
  { where: 'rules/tester', ours: ['core'], packages: [...PURE, 'vitest', 'node:fs', 'node:path'] },
  { where: 'rules/index', ours: ['core', 'rules'], packages: [] },
  { where: 'rules/*', ours: ['core'], packages: PURE },
  { where: 'rules', ours: ['core'], packages: PURE },
  { where: 'inventory', ours: ['core', 'env', 'jobs/queue', ...DATABASE], never: INTERFACE },
  {
    where: 'governance',
    ours: [
      'core',
      'inventory',
      'rules',
      'evaluators',
      'connectors/index',
      'senders/index',
      // Which addresses are reached, wherever something is sent to one that a person has entered.
      'senders/door',
      'evidence',
      'jobs/queue',
      'env',
      ...DATABASE,
    ],
  },
  { where: 'jobs/queue', ours: ['core', 'env'], packages: ['pg-boss'] },
  { where: 'jobs', ours: [...DOMAIN, 'env', ...DATABASE], never: INTERFACE },
  {
    where: 'app',
    ours: [
      'core',
      'inventory/moment',
      'inventory/queries',
      'inventory/export',
      'governance',
      'rules',
      'connectors/index',
      // What a browser checks packs with.
      'evidence/verify',
      'env',
    ],
    never: STORAGE,
  },
  { where: 'proxy', ours: ['core', 'governance', 'env'], never: STORAGE },
  {
    where: 'cli',
    ours: [...DOMAIN, 'evidence', 'jobs', 'env', ...DATABASE],
    never: ['next', 'react', 'react-dom'],
  },
  {
    where: 'bench',
    ours: [
      'core',
      'estate',
      'inventory',
      'rules',
      'governance',
      'jobs',
      'env',
      'tests/live-cluster',
      'tests/measured-realms',
      ...DATABASE,
    ],
    never: INTERFACE,
  },
  { where: 'estate', ours: ['core', 'inventory', 'governance', 'jobs/queue', ...DATABASE], never: INTERFACE },
  { where: 'env', ours: [], packages: ['zod'] },
  { where: 'prisma', ours: ['env'] },
]

const isTest = (file: string) => /\.test\.tsx?$/.test(file) || file.startsWith('tests/')
const within = (target: string, place: string) => target === place || target.startsWith(`${place}/`)

/** The layer of a file with `*` and `$` filled in, and `self`: what of the layer is the file's own. */
function layerOf(file: string) {
  const module = file.replace(/\.(d\.)?tsx?$/, '')
  for (const layer of LAYERS) {
    const parts = layer.where.split('/')
    const own = module.split('/').slice(0, parts.length).join('/')
    const fits = parts.every((part, index) => part === '*' || part === module.split('/')[index])
    if (!fits || (layer.where.includes('*') && module === own)) continue
    return { ...layer, self: own }
  }
  return undefined
}

function importsOf(text: string) {
  return ts.preProcessFile(text, true, true).importedFiles.map((found) => found.fileName)
}

/** A path inside the checkout, or undefined for a package. */
function insideOf(file: string, specifier: string) {
  if (specifier.startsWith('@/')) return specifier.slice(2)
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(file), specifier)
  return undefined
}

const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

function isAllowed(file: string, specifier: string) {
  const layer = layerOf(file)
  if (!layer) return true
  const target = insideOf(file, specifier)?.replace(/\.(tsx?|js)$/, '')
  if (target === undefined) {
    const name = packageOf(specifier)
    return (layer.packages?.includes(name) ?? true) && !layer.never?.includes(name)
  }
  if (/\.(css|json|md)$/.test(target) && within(target, layer.self)) return true
  const index = (place: string) => place.endsWith('/index') && target === place.slice(0, -'/index'.length)
  return [layer.self, ...layer.ours].some((place) => within(target, place) || index(place))
}

/** @param sources path -> text */
export function violations(sources: Map<string, string>) {
  const found: string[] = []
  for (const [file, text] of sources)
    if (!isTest(file))
      for (const specifier of importsOf(text))
        if (!isAllowed(file, specifier)) found.push(`${file} imports ${specifier}`)
  return found
}

function sourcesBelow(place: string): string[] {
  if (existsSync(path.join(ROOT, `${place}.ts`))) return [`${place}.ts`]
  if (!existsSync(path.join(ROOT, place))) return []
  return readdirSync(path.join(ROOT, place), { withFileTypes: true }).flatMap((entry) => {
    const name = `${place}/${entry.name}`
    if (entry.isDirectory()) return ['generated', 'fixtures'].includes(entry.name) ? [] : sourcesBelow(name)
    return /\.tsx?$/.test(name) ? [name] : []
  })
}

const PLACES = [...new Set(LAYERS.map((layer) => layer.where.split('/')[0]!))]

describe('layers', () => {
  test.each([...new Set(LAYERS.map((layer) => layer.where.replace('/*', '')))])('%s exists', (place) => {
    expect(['', '.ts'].some((ending) => existsSync(path.join(ROOT, place + ending)))).toBe(true)
  })

  test('nothing imports what it may not', () => {
    const names = PLACES.flatMap(sourcesBelow)
    const sources = new Map(names.map((name) => [name, readFileSync(path.join(ROOT, name), 'utf8')]))
    expect(sources.size).toBeGreaterThan(0)
    expect(violations(sources)).toEqual([])
  })
})

describe('the guard itself', () => {
  test.each([
    ['core/x.ts', "import { db } from '@/prisma/client'"],
    ['core/x.ts', "import { readFile } from 'node:fs/promises'"],
    ['connectors/one/collect.ts', "import { map } from '../two/map'"],
    ['connectors/one/collect.ts', "import type { Finding } from '@/governance/findings'"],
    ['connectors/one/collect.ts', "const { env } = await import('@/env')"],
    ['connectors/one/collect.ts', "import pg from 'pg'"],
    ['connectors/index.ts', "import { db } from '@/prisma/client'"],
    ['evaluators/x.ts', "export * from '@/inventory/apply'"],
    ['rules/a/rule.ts', "import { rule } from '../b/rule'"],
    ['rules/a/rule.ts', "import { expect } from 'vitest'"],
    ['rules/a/rule.ts', "import { readFileSync } from 'node:fs'"],
    ['inventory/apply.ts', "import { evaluate } from '@/jobs/evaluate-rules'"],
    ['inventory/apply.ts', "import { rules } from '@/rules'"],
    ['governance/x.ts', "import { collect } from '@/connectors/demo/collect'"],
    ['governance/x.ts', "import { sendMail } from '@/senders/smtp/send'"],
    ['senders/one/send.ts', "import { other } from '../two/send'"],
    ['senders/one/send.ts', "import { db } from '@/prisma/client'"],
    ['senders/one/send.ts', "import { env } from '@/env'"],
    ['evidence/oscal/x.ts', "import pdfmake from 'pdfmake'"],
    ['evidence/ocsf/x.ts', "import type { Part } from '@/governance/packs/part'"],
    ['app/page.tsx', "import { findSender } from '@/senders'"],
    ['jobs/queue.ts', "import { db } from '../prisma/client'"],
    ['jobs/sync.ts', "import { Page } from '@/app/page'"],
    ['app/page.tsx', "import { db } from '@/prisma/client'"],
    ['app/page.tsx', "import { apply } from '@/inventory/apply'"],
    ['app/page.tsx', "import { collect } from '@/connectors/demo/collect'"],
    ['cli/main.ts', "import { action } from '@/app/_http/action'"],
    ['governance/x.ts', "import { world } from '@/tests/world'"],
  ])('%s: %s is reported', (file, text) => {
    expect(violations(new Map([[file, text]]))).toHaveLength(1)
  })

  test.each([
    ['core/x.ts', "import { z } from 'zod'\nimport { y } from './y'"],
    [
      'connectors/one/collect.ts',
      "import { x } from '@/core/session'\nimport { IAMClient } from 'some-sdk'\nimport './map'",
    ],
    ['connectors/index.ts', "import { manifest } from './one/manifest'"],
    ['rules/index.ts', "import { rule } from './a/rule'"],
    ['governance/x.ts', "import { connectors } from '@/connectors'"],
    ['governance/x.ts', "import { findSender } from '@/senders'"],
    ['senders/one/send.ts', "import { exchange } from '../door/exchange'"],
    ['app/page.tsx', "import { list } from '@/inventory/queries/list'\nimport './globals.css'"],
    ['app/x.test.ts', "import { db } from '@/prisma/client'"],
  ])('%s: %s is not', (file, text) => {
    expect(violations(new Map([[file, text]]))).toEqual([])
  })
})
