// What each control came to: one table over all of them, then each with its rules.
import type { Content, TableCell } from 'pdfmake/interfaces'
import type { ControlResult, ReportFacts, RuleTest } from '../facts'
import { STATE_WORDS } from '../state-words'
import { counted, firstOf, grid, head, minute, paragraph, section } from './look'

export const CONTROLS_MAX = 400
const GAPS_MAX = 10
const SIGNED_MAX = 10

const number = (count: number): TableCell => ({ text: counted(count), alignment: 'right' })
const sum = (rules: readonly RuleTest[], of: 'fail' | 'unknown') =>
  rules.filter((rule) => rule[of] > 0).length

const stateOf = ({ state }: ControlResult): TableCell => ({
  text: STATE_WORDS[state],
  bold: state === 'failing',
  ...(state === 'failing' && { color: '#b00a1d' }),
})

export function summary({ controls }: ReportFacts): Content[] {
  if (!controls.length)
    return [section('Controls at a glance', 'controls', true), paragraph('No control was asked about.')]
  const { first, more } = firstOf(controls, CONTROLS_MAX, 'oscal-assessment-results.json')
  return [
    section('Controls at a glance', 'controls', true),
    paragraph(
      'A rule gives evidence toward a control. “No failure found” is no statement that the control is met: its design, ' +
        'policies and what people do lie outside of what a rule can see. Where something could not be seen, it is neither pass nor fail.',
    ),
    grid({
      shares: [1.5, 3.6, 1.5, 0.9, 0.7, 0.8, 0.9],
      heads: [head('Control', 'Title', 'State', '#Looked at', '#Rules', '#That fail', '#Cannot tell')],
      rows: first.map((result) => [
        { text: result.control, bold: true },
        { text: result.title },
        stateOf(result),
        number(result.population),
        number(result.rules.length),
        number(sum(result.rules, 'fail')),
        number(sum(result.rules, 'unknown')),
      ]),
    }),
    ...more,
  ]
}

export function results({ controls }: ReportFacts): Content[] {
  const { first } = firstOf(controls, CONTROLS_MAX, '')
  const frameworks = [...new Set(first.map(({ framework }) => framework.id))]
  return frameworks.flatMap((id) => {
    const of = first.filter(({ framework }) => framework.id === id)
    const { title, version } = of[0]!.framework
    return [section(`Results: ${title} ${version}`, `results-${id}`, true), ...of.map(result)]
  })
}

const HEADS = [
  'Rule, and what it was asked with',
  'Severity',
  '#Pass',
  '#Fail',
  '#Of them excepted',
  '#Cannot tell',
  '#Not asked',
]
const across = (cell: object): TableCell[] => [
  { ...cell, colSpan: HEADS.length } as TableCell,
  ...HEADS.slice(1).map(() => ({ text: '' })),
]

function result(one: ControlResult): Content {
  const { control, title, rules, framework } = one
  const name = {
    text: [
      `${control}  ${title}`,
      { text: `   ${STATE_WORDS[one.state]}`, ...(one.state === 'failing' && { color: '#b00a1d' }) },
    ],
    style: 'control',
    outline: true,
    outlineText: `${control} ${title}`.slice(0, 120),
    outlineParentId: `results-${framework.id}`,
  }
  return grid({
    shares: [4.4, 0.95, 0.75, 0.75, 0.95, 0.85, 0.85],
    heads: rules.length ? [across(name), head(...HEADS)] : [across(name)],
    rows: [across({ stack: wordsOf(one) }), ...rules.map(ruleRow)],
  })
}

function wordsOf({ text, population, gaps, signOffs, rules }: ControlResult): Content[] {
  const told = firstOf(gaps, GAPS_MAX, 'the manifest')
  const signed = firstOf(signOffs, SIGNED_MAX, 'decisions.csv')
  return [
    ...(text ? [{ text, style: 'quote', margin: [0, 0, 0, 4] } as Content] : []),
    {
      text: rules.length
        ? `${counted(population)} were looked at for it.`
        : 'No rule speaks to it: nothing was tested, and nothing is said of it.',
    },
    ...(gaps.length
      ? [{ text: 'Not seen:', bold: true, margin: [0, 4, 0, 0] } as Content, { ul: [...told.first] }]
      : []),
    ...told.more,
    ...signed.first.map(({ by, at, campaign, decisions }): Content => ({
      text: `Signed: ${by}, ${minute(at)}, ${counted(decisions)} decisions of “${campaign}”.`,
      margin: [0, 4, 0, 0],
    })),
    ...signed.more,
  ]
}

function ruleRow(rule: RuleTest): TableCell[] {
  const revisions = rule.revisions.map((revision) => revision.slice(0, 12)).join(', ')
  return [
    {
      stack: [
        rule.title,
        { text: `${rule.id}, revision ${revisions || 'unknown'}`, style: 'small' },
        ...(rule.parameters ? [{ text: rule.parameters, style: 'small' }] : []),
        ...(rule.blindSpot ? [{ text: `Cannot see: ${rule.blindSpot}`, style: 'small' }] : []),
      ],
    },
    { text: rule.severity },
    number(rule.pass),
    { ...(number(rule.fail) as object), bold: rule.fail > 0 } as TableCell,
    number(rule.excepted),
    number(rule.unknown),
    number(rule.notAsked),
  ]
}
