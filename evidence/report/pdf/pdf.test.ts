// The report, read back as a viewer would: what stands on its pages, that nothing on them is lost, and its bytes.
import pdfmake from 'pdfmake'
import { describe, expect, test } from 'vitest'
import { pdfPages } from '@/tests/pdf-text'
import { BAD_NAMES, bytesOf, madeFacts, madeFinding, madeFindings } from '@/tests/report-facts'
import { isPrintable, printable } from './printable'
import { reportPdf } from './report-pdf'
import { mostSevere } from './verdicts'

const build = async (facts = madeFacts(), findings = 40, most?: number) =>
  bytesOf(reportPdf(facts, madeFindings(findings), most))
const close = (text: string) => text.replace(/\s/g, '')

describe('every page', () => {
  test('has the title, the instant, its number, and says INCOMPLETE where it is', async () => {
    const pages = pdfPages(await build())
    expect(pages.length).toBeGreaterThan(8)
    for (const [n, page] of pages.entries()) {
      expect(page).toContain('Quarter 3 · machine identities')
      expect(page).toContain('As of 2026-09-30 10:00 UTC')
      expect(page).toContain(`Page ${n + 1} of ${pages.length}`)
      expect(page).toContain('INCOMPLETE: not everything that was asked about was seen')
    }
  })
  test('says nothing of the kind where all of it was seen', async () => {
    const facts = madeFacts({ complete: true })
    const text = pdfPages(
      await build({ ...facts, controls: facts.controls.filter(({ gaps }) => !gaps.length) }),
    ).join('')
    expect(text).not.toContain('INCOMPLETE')
    expect(text).toContain('Complete: everything that was asked about was seen.')
  })
})

describe('what it says', () => {
  test('has every section, control, rule, exception, source, signature and file', async () => {
    const facts = madeFacts()
    const text = close(pdfPages(await build(facts)).join(' '))
    const expected = [
      ...[
        'Contents',
        'Controls at a glance',
        'Method',
        'Verdicts',
        'Exceptions',
        'Sources and gaps',
        'Sign-offs',
      ],
      ...[
        'Files, and how to verify them',
        'Cannot be told',
        'No rule speaks to it',
        'not told',
        'Never completely',
      ],
      ...facts.controls.flatMap(({ control, title, rules, gaps }) => [
        control,
        title,
        ...gaps,
        ...rules.flatMap(({ id, parameters }) => [id, parameters]),
      ]),
      ...facts.exceptions.flatMap(({ reason, askedBy }) => [reason, askedBy]),
      ...facts.files.flatMap(({ name, about }) => [name, about]),
      ...[...facts.gaps, ...facts.method, ...facts.redacted],
      ...['I looked at each of them.', 'Refused 12 times: ListAccessKeys (iam:ListAccessKeys)'],
    ]
    for (const one of expected) expect(text).toContain(close(printable(one)))
  })
  test('verdicts are bounded, the worst first, and the others are counted', async () => {
    const text = pdfPages(await build(madeFacts({ controls: 1 }), 5000, 60)).join(' ')
    const { openCount, resolvedCount } = await mostSevere(madeFindings(5000)())
    expect(openCount + resolvedCount).toBe(5000)
    expect(close(text)).toContain(
      close(
        `the 60 most severe stand here: ${(openCount - 60).toLocaleString('en-US')} more are in findings.csv`,
      ),
    )
    const { open } = await mostSevere(madeFindings(5000)(), 60)
    expect(open).toHaveLength(60)
    expect(new Set(open.map(({ verdict, severity }) => `${verdict} ${severity}`))).toEqual(
      new Set(['fail critical']),
    )
    const few = await mostSevere(madeFindings(40)(), 1000)
    expect(few.open.map(({ id }) => id).sort()).toEqual(
      Array.from({ length: 40 }, (_, n) => madeFinding(n))
        .filter(({ state }) => state === 'open')
        .map(({ id }) => id)
        .sort(),
    )
  })
  test('nothing to tell is told', async () => {
    const facts = {
      ...madeFacts({ controls: 0, complete: true }),
      exceptions: [],
      sources: [],
      files: [],
      method: [],
      scope: [],
    }
    const text = pdfPages(await build(facts, 0)).join(' ')
    for (const words of [
      'No control was asked about.',
      'None is open.',
      'No exception was in force.',
      'Nobody signed',
    ])
      expect(text).toContain(words)
  })
})

describe('names', () => {
  test('that are long, or of letters that the font has not, stand on the page and nothing is a box', async () => {
    const pages = pdfPages(await build(madeFacts(), 200))
    const text = close(pages.join(' '))
    expect(text).not.toContain('\ufffd')
    expect(text).not.toContain('#Pass')
    for (const name of BAD_NAMES) expect(text).toContain(close(printable(name)))
    expect(printable('🦊 a\u202eb')).toBe('‹U+1F98A› a‹U+202E›b')
    expect(printable('x'.repeat(1000))).toBe(`${'x'.repeat(600)}… (400 more letters)`)
    expect(printable('🦊'.repeat(500)).length).toBeLessThan(650)
  })
  test('two that look alike are not printed alike', () => {
    const pairs = [
      ['deploy', 'dep\u200bloy'],
      ['admin', 'adm\u0131n'],
      ['a\u0301', 'a'],
      ['x\u00ad', 'x'],
      ['a b', 'a\u2028b'],
    ]
    for (const [one, other] of pairs) expect(printable(one!)).not.toBe(printable(other!))
  })
  test('the font has every letter that is printed as it is', async () => {
    const { default: fonts } = await import('pdfmake/fonts/Roboto.js')
    pdfmake.setFonts(fonts)
    const drawn = (await pdfmake.createPdf({ content: [] }).getStream()) as unknown as {
      provideFont: (
        name: string,
        bold: boolean,
        italics: boolean,
      ) => { font: { hasGlyphForCodePoint: (code: number) => boolean } }
    }
    for (const [bold, italics] of [
      [false, false],
      [true, false],
      [false, true],
    ] as const) {
      const { font } = drawn.provideFont('Roboto', bold, italics)
      const lacking = Array.from({ length: 0x3000 }, (_, code) => code).filter(
        (code) => isPrintable(String.fromCodePoint(code)) && !font.hasGlyphForCodePoint(code),
      )
      expect(lacking).toEqual([])
    }
  })
})

describe('bytes', () => {
  test('are the same when it is built again, at another time', async () => {
    const one = await build()
    await new Promise((resolve) => setTimeout(resolve, 1100))
    expect((await build()).equals(one)).toBe(true)
    expect(one.toString('latin1')).toContain('(D:20261001100000Z)')
  })
  test('hold an outline, a language and a title for whoever cannot see them', async () => {
    const text = (await build()).toString('latin1')
    for (const part of ['/Outlines', '/Lang (en)', '/DisplayDocTitle true']) expect(text).toContain(part)
  })
  test('300 controls and 5,000 verdicts are a report as well', async () => {
    const pages = pdfPages(await build(madeFacts({ controls: 300 }), 5000))
    expect(pages.length).toBeGreaterThan(100)
    expect(pages.length).toBeLessThan(400)
    expect(pages.at(-1)).toContain(`Page ${pages.length} of ${pages.length}`)
  })
})

test('neither a file nor an address is opened but the fonts', async () => {
  const facts = madeFacts({ controls: 0 })
  const hostile = {
    ...facts,
    scope: ['http://127.0.0.1:9/x.png', '/etc/hostname', '{"image":"/etc/hostname"}'],
  }
  const text = close(pdfPages(await build(hostile, 0)).join(' '))
  for (const words of hostile.scope) expect(text).toContain(close(words))
})
