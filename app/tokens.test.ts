// Measures the colours of globals.css: contrast on every surface, and distance between severities for every kind of sight.
import { readFileSync } from 'node:fs'
import {
  differenceCiede2000,
  filterDeficiencyDeuter,
  filterDeficiencyProt,
  filterDeficiencyTrit,
  formatHex,
  wcagContrast,
  wcagLuminance,
  type Color,
} from 'culori'
import { describe, expect, test } from 'vitest'
import { SEVERITIES } from '@/core/rule'

const css = readFileSync(new URL('./globals.css', import.meta.url), 'utf8')
const block = (opening: string) => {
  const start = css.indexOf(opening)
  if (start < 0) throw new Error(`globals.css has no ${opening}`)
  const body = css.slice(start, css.indexOf('}', start))
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, hex]) => [name, hex]),
  )
}
const light = block('.theme-light {')
const dark = block('.theme-dark {')
const token = (theme: Record<string, string>, name: string) => {
  const hex = theme[name]
  if (!hex) throw new Error(`no token --${name}`)
  return hex
}
const SURFACES = ['bg', 'surface', 'raised', 'sunken', 'hover', 'selected']
const lowest = (theme: Record<string, string>, name: string, on = SURFACES) =>
  Math.min(...on.map((surface) => wcagContrast(token(theme, name), token(theme, surface))))

/** Back from a colour object to text: the filters return one. */
const seenBy = (filter: (color: string) => unknown) => (hex: string) => formatHex(filter(hex) as Color)

const grey = (hex: string) => {
  const y = wcagLuminance(hex)
  const v = y <= 0.0031308 ? 12.92 * y : 1.055 * y ** (1 / 2.4) - 0.055
  return formatHex({ mode: 'rgb', r: v, g: v, b: v })
}
const SIGHTS = {
  normal: (hex: string) => hex,
  protan: seenBy(filterDeficiencyProt(1) as never),
  deutan: seenBy(filterDeficiencyDeuter(1) as never),
  tritan: seenBy(filterDeficiencyTrit(1) as never),
  grey,
}
const smallestDistance = (theme: Record<string, string>, see: (hex: string) => string) => {
  const seen = SEVERITIES.map((severity) => see(token(theme, `sev-${severity}`)))
  const distance = differenceCiede2000()
  return Math.min(...seen.flatMap((a, i) => seen.slice(i + 1).map((b) => distance(a, b))))
}

test('what the system chooses is the dark theme itself', () => {
  expect(block('.theme-system {')).toEqual(dark)
})

describe.each([
  ['light', light],
  ['dark', dark],
])('%s', (_, theme) => {
  test('text reads on every surface', () => {
    expect(lowest(theme, 'text')).toBeGreaterThanOrEqual(11)
    expect(lowest(theme, 'muted')).toBeGreaterThanOrEqual(5.5)
  })
  test.each(['accent', 'ok', 'danger'])('%s reads as text', (name) => {
    expect(lowest(theme, name)).toBeGreaterThanOrEqual(4.5)
  })
  test('controls and focus stand out from what lies beside them', () => {
    expect(lowest(theme, 'control')).toBeGreaterThanOrEqual(3)
    expect(lowest(theme, 'focus')).toBeGreaterThanOrEqual(3)
    expect(wcagContrast(token(theme, 'on-accent'), token(theme, 'accent'))).toBeGreaterThanOrEqual(4.5)
  })
  test.each(SEVERITIES)('%s: fill is visible, text and badge are readable', (severity) => {
    expect(lowest(theme, `sev-${severity}`, ['bg', 'surface'])).toBeGreaterThanOrEqual(3)
    expect(
      lowest(theme, `sev-${severity}-text`, ['bg', 'surface', 'hover', `sev-${severity}-tint`]),
    ).toBeGreaterThanOrEqual(4.5)
    if (severity !== 'info')
      expect(wcagContrast(token(theme, 'on-sev'), token(theme, `sev-${severity}`))).toBeGreaterThanOrEqual(
        4.5,
      )
  })
})

test.each([
  ['light', light, { normal: 20, protan: 20, deutan: 20, tritan: 13, grey: 7 }],
  ['dark', dark, { normal: 20, protan: 14, deutan: 11, tritan: 11, grey: 5 }],
] as const)('severities of %s differ for every kind of sight', (_, theme, least) => {
  for (const [sight, see] of Object.entries(SIGHTS))
    expect(smallestDistance(theme, see), sight).toBeGreaterThanOrEqual(least[sight as keyof typeof least])
})
