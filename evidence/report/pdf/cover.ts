// The first page: what it is about, as of when, by whom, and whether all of it was seen.
import type { Content } from 'pdfmake/interfaces'
import type { ReportFacts } from '../facts'
import { counted, firstOf, grid } from './look'

const GAPS_MAX = 12

const FIGURES: [keyof ReportFacts['totals'], string][] = [
  ['identities', 'identities'],
  ['credentials', 'credentials'],
  ['failing', 'verdicts that fail'],
  ['excepted', 'of them excepted'],
  ['unknown', 'cannot be told'],
]

export function cover(facts: ReportFacts): Content[] {
  const { asOf, period } = facts
  const about: [string, string[]][] = [
    ['As of', [asOf.valid]],
    ['As it was known at', [asOf.known]],
    ...(period ? [['Period', [`${period.from} to ${period.to}`]] as [string, string[]]] : []),
    ['About', facts.scope.length ? facts.scope : ['Everything in the record.']],
    ['Built by', [facts.by]],
    ['Made with', [`${facts.product.name} ${facts.product.version}`]],
    ...(facts.redacted.length ? [['Left out', facts.redacted] as [string, string[]]] : []),
  ]
  return [
    { text: facts.product.name, style: 'product', margin: [0, 60, 0, 6] },
    { text: facts.title, style: 'title' },
    { text: 'Evidence report', fontSize: 13, margin: [0, 6, 0, 22] },
    completeness(facts),
    grid({
      shares: [1, 3.4],
      heads: [],
      rows: about.map(([name, lines]) => [{ text: name, style: 'label' }, { stack: lines }]),
    }),
    {
      columns: FIGURES.map(([name, label]) => [
        { text: counted(facts.totals[name]), style: 'figure' },
        { text: label, style: 'label' },
      ]),
      margin: [0, 8, 0, 0],
    },
  ]
}

function completeness({ complete, gaps }: ReportFacts): Content {
  if (complete)
    return {
      text: 'Complete: everything that was asked about was seen.',
      bold: true,
      margin: [0, 0, 0, 16],
    }
  const { first, more } = firstOf(gaps, GAPS_MAX, 'the section “Sources and gaps”')
  const text = 'INCOMPLETE: not everything that was asked about was seen.'
  return grid({
    shares: [1],
    heads: [],
    rows: [
      [
        {
          stack: [
            { text, style: 'warning', fontSize: 11 },
            ...(first.length ? [{ ul: [...first], margin: [0, 6, 0, 0] }] : []),
            ...more,
          ],
        } as never,
      ],
    ],
    layout: 'framed',
  })
}

export const contents = (): Content => ({
  toc: { title: { text: 'Contents', style: 'section' }, numberStyle: { color: '#515963' } },
  pageBreak: 'before',
})
