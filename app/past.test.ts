// Nothing of the console forgets the moment it is about: every page says whether it has a past, and every way from page
// to page goes through what carries the moment on.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { hasPast } from './_shell/navigation'

const APP = fileURLToPath(new URL('.', import.meta.url))
const files = readdirSync(APP, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.tsx?$/.test(file) && !/\.(test|spec)\./.test(file) && !file.startsWith('api/'))
const text = (file: string) => readFileSync(`${APP}${file}`, 'utf8')
const pages = files.filter((file) => /^\(console\)\/(.*\/)?page\.tsx$/.test(file))
/** The address of a page, without the folders that only group. */
const addressOf = (file: string) =>
  `/${file
    .split('/')
    .filter((part) => !part.startsWith('(') && part !== 'page.tsx')
    .join('/')}`

/** Pages that read nothing. */
const EMPTY = new Set(['(console)/[...missing]/page.tsx'])
/** Pages of two moments of their own. */
const COMPARISONS = /\/diff\/page\.tsx$/

const readsMoment = (source: string) =>
  /export default recordPage(<\w+>)?\(/.test(source) &&
  !source.includes('await requireActor(') &&
  (!source.includes('export const generateMetadata') || source.includes('recordTitle'))

describe('pages', () => {
  test('are found', () => expect(pages.length).toBeGreaterThan(12))
  test.each(pages.filter((file) => !EMPTY.has(file) && !COMPARISONS.test(file)))(
    '%s shows the moment, or is about the present',
    (file) => {
      const isRecord = readsMoment(text(file))
      expect(isRecord).toBe(hasPast(addressOf(file)))
    },
  )
  test('comparisons name their moments themselves', () => {
    expect(['/diff', '/identities/1/diff', '/identities/1', '/settings/data', '/'].map(hasPast)).toEqual([
      false,
      false,
      true,
      false,
      true,
    ])
  })
  test('a page that reads the present is told apart', () => {
    const source =
      "export default async function Page() {\n  const actor = await requireActor('identity:read')\n"
    expect(readsMoment(source)).toBe(false)
  })
})

/** Values, not types, that a text imports from the reads of the inventory. */
const readsIn = (source: string): string[] =>
  [...source.matchAll(/^import \{([^}]*)\} from '@\/inventory\/queries\/[\w-]+'/gm)].flatMap(
    ([, names = '']) =>
      names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name && !name.startsWith('type ')),
  )
/** Reads that a page makes outside of `at`, and so of the present. */
const outside = (source: string): string[] =>
  [...readsIn(source), 'read'].filter((name) =>
    new RegExp(`(await|orNotFound\\(|\\[|,) ?${name}\\(`).test(
      source.replaceAll(/at\(\s*\(\) =>\s*(Promise\.all\(\[[^\]]*\]\)|\w+\()/g, ''),
    ),
  )

describe('reads', () => {
  const parts = files.filter(
    (file) => /^(\(console\)|_)/.test(file) && file.endsWith('.tsx') && !file.includes('/diff/'),
  )
  test.each(parts.filter((file) => !file.endsWith('/page.tsx')))(
    '%s reads nothing: its page does',
    (file) => {
      expect(readsIn(text(file))).toEqual([])
    },
  )
  test.each(parts.filter((file) => file.endsWith('/page.tsx')))('%s reads at its moment', (file) => {
    expect(outside(text(file))).toEqual([])
  })
  test.each([
    'const home = await homeSummary(actor)',
    'await orNotFound(homeSummary(actor))',
    'await Promise.all([homeSummary(actor), other(actor)])',
  ])('%s is found', (line) => {
    expect(outside(`import { homeSummary } from '@/inventory/queries/home-summary'\n${line}`)).toEqual([
      'homeSummary',
    ])
  })
  test.each([
    'const home = await at(() => homeSummary(actor))',
    'await orNotFound(at(() => homeSummary(actor)))',
    'await at(() =>\n    Promise.all([homeSummary(actor), homeSummary(actor)]),\n  )',
  ])('%s is fine', (line) => {
    expect(outside(`import { homeSummary } from '@/inventory/queries/home-summary'\n${line}`)).toEqual([])
  })
})

/** What loses the moment, in a text: each with what to use instead. */
function forgets(file: string, source: string): string[] {
  const found: string[] = []
  const only = (...own: string[]) => own.includes(file)
  if (/from 'next\/link'/.test(source) && !only('_ui/link.tsx')) found.push('next/link: use _ui/link')
  if (/\b(router|navigation)\.(push|replace)\(/.test(source) && !only('_ui/use-go.ts'))
    found.push('router.push: use _ui/use-go')
  for (const [, href = ''] of source.matchAll(/<a\s[^>]*?href=("[^"]*"|\{[^}]*\})/g))
    if (/^["{][`'"]?\//.test(href) || /hrefWith/.test(href)) found.push(`<a href=${href}>: use _ui/link`)
  if (/\b(window\.)?location\.(href\s*=|assign|replace)/.test(source)) found.push('location: use _ui/use-go')
  return found
}

describe('ways from page to page', () => {
  test('all keep the moment', () => {
    expect(files.flatMap((file) => forgets(file, text(file)).map((why) => `${file}: ${why}`))).toEqual([])
  })
  test.each([
    "import Link from 'next/link'",
    "router.push('/identities')",
    '<a className="x" href="/identities">',
    '<a href={`/findings?q=${q}`} className="x">',
    "<a\n href={hrefWith('/api/v1/findings', params, {})}>",
    "window.location.href = '/x'",
  ])('%s is found', (source) => {
    expect(forgets('x.tsx', source)).toHaveLength(1)
  })
  test.each(['<a href="#main">', '<a href={moreHref} className="x">', 'router.refresh()'])(
    '%s is fine',
    (source) => {
      expect(forgets('x.tsx', source)).toEqual([])
    },
  )
})
