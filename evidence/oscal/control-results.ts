// What each control came to: an observation for each rule that was asked for it, a risk where one fails, and a finding.
import { namedUuid } from '../stream/named-uuid'
import type { ControlResult, ReportFacts, RuleTest } from '../report/facts'
import { controlToken, statementToken } from './control-token'
import { instant, markup, orNone, paragraphs, prop } from './fields'

/** Controls about which something is said. Of the others nothing was tested: a finding of any kind would be made up. */
export const isAssessed = ({ state }: ControlResult): boolean =>
  state === 'failing' || state === 'no-failure' || state === 'cannot-tell'

/** The tool that asked: the one component that every observation names. */
export const toolUuid = (document: string): string => namedUuid(document, 'tool')
export const originOf = (document: string) => [
  { actors: [{ type: 'tool', 'actor-uuid': toolUuid(document) }] },
]

const nameOf = ({ framework, control }: ControlResult) => `${framework.id}:${control}`
const observationUuid = (document: string, result: ControlResult, rule: RuleTest) =>
  namedUuid(document, 'rule', nameOf(result), rule.id)
const riskUuid = (document: string, result: ControlResult, rule: RuleTest) =>
  namedUuid(document, 'risk', nameOf(result), rule.id)

const controlProps = ({ framework, control }: ControlResult) => [
  prop('framework', framework.id),
  prop('framework-version', framework.version),
  prop('printed-control-id', control),
]

const counted = ({ pass, fail, excepted, unknown, notAsked }: RuleTest) =>
  `${pass} pass, ${fail} fail (${excepted} of them under an approved exception), ${unknown} cannot be told, ${notAsked} were not asked about.`

/** One observation for each rule of each control. */
export function ruleObservations(document: string, { controls, asOf, files }: ReportFacts) {
  const evidence = files.filter(({ name }) => ['findings.csv', 'rules.json'].includes(name))
  return controls.flatMap((result) =>
    result.rules.map((rule) => ({
      uuid: observationUuid(document, result, rule),
      title: markup(`${result.control}: ${rule.title}`),
      description: markup(counted(rule)),
      props: [
        prop('rule-id', rule.id),
        ...rule.revisions.map((revision) => prop('rule-revision', revision)),
        prop('severity', rule.severity),
        ...(['pass', 'fail', 'excepted', 'unknown'] as const).map((count) => prop(count, rule[count])),
        prop('not-asked', rule.notAsked),
        ...controlProps(result),
      ],
      methods: ['TEST'],
      types: ['control-objective'],
      origins: originOf(document),
      'relevant-evidence': orNone(
        evidence.map(({ name, about }) => ({ href: name, description: markup(about) })),
      ),
      collected: instant(asOf.valid),
      remarks: paragraphs([
        `Asked with: ${rule.parameters || 'nothing that can be set'}.`,
        ...(rule.blindSpot ? [`What it cannot see: ${rule.blindSpot}`] : []),
      ]),
    })),
  )
}

/** A risk for each rule that fails: open, or deviation-approved where an exception was approved for all of it. */
export function ruleRisks(document: string, { controls }: ReportFacts) {
  return controls.flatMap((result) =>
    result.rules
      .filter(({ fail }) => fail > 0)
      .map((rule) => ({
        uuid: riskUuid(document, result, rule),
        title: markup(`${result.control}: ${rule.title}`),
        description: markup(`${rule.fail} of the population fail.`),
        statement: markup(counted(rule)),
        props: [prop('rule-id', rule.id), prop('severity', rule.severity), ...controlProps(result)],
        status: rule.excepted >= rule.fail ? 'deviation-approved' : 'open',
        origins: originOf(document),
        'related-observations': [{ 'observation-uuid': observationUuid(document, result, rule) }],
      })),
  )
}

const EVIDENCE_ALONE =
  'A rule gives evidence toward a control. Its design, policies and what people do lie outside of what was tested.'

/** OSCAL knows two states. What cannot be told is never the first; the second is what NIST calls "other than satisfied". */
const STATUS = {
  'no-failure': {
    state: 'satisfied',
    reason: 'pass',
    remarks: 'Every rule that speaks to it was asked everywhere in the population and passed.',
  },
  failing: { state: 'not-satisfied', reason: 'fail', remarks: 'At least one rule that speaks to it fails.' },
  'cannot-tell': {
    state: 'not-satisfied',
    reason: 'other',
    remarks:
      'NOT DETERMINED. No rule fails, but not everything could be seen or asked: this is no statement that the control fails.',
  },
}

/** A finding for each control that was assessed. */
export function controlFindings(document: string, { controls }: ReportFacts) {
  return controls.filter(isAssessed).map((result) => {
    const status = STATUS[result.state as keyof typeof STATUS]
    return {
      uuid: namedUuid(document, 'finding', nameOf(result)),
      title: markup(`${result.framework.title} ${result.control}: ${result.title}`),
      description: markup(`${status.remarks} ${result.population} were looked at.`),
      props: [prop('state', result.state), prop('population', result.population), ...controlProps(result)],
      origins: originOf(document),
      target: {
        type: 'statement-id',
        'target-id': statementToken(result),
        props: [...controlProps(result), prop('control-id', controlToken(result))],
        status: { ...status, remarks: paragraphs([status.remarks, EVIDENCE_ALONE, ...result.gaps]) },
      },
      'related-observations': orNone(
        result.rules.map((rule) => ({ 'observation-uuid': observationUuid(document, result, rule) })),
      ),
      'related-risks': orNone(
        result.rules
          .filter(({ fail }) => fail > 0)
          .map((rule) => ({ 'risk-uuid': riskUuid(document, result, rule) })),
      ),
    }
  })
}

const NOT_ASSESSED = {
  'nothing-judged': 'nothing was judged for it',
  'no-rule': 'no rule speaks to it',
}

/** What was asked about; what could not be assessed is taken out of it again, and said. */
export function reviewedControls({ controls }: ReportFacts) {
  const frameworks = [...new Set(controls.map(({ framework }) => framework.id))]
  const selection = (of: readonly ControlResult[]) => {
    const unassessed = of.filter((result) => !isAssessed(result))
    const named = (result: ControlResult) => ({ 'control-id': controlToken(result) })
    const why = unassessed.map(
      ({ control, state }) =>
        `${control} was not assessed: ${NOT_ASSESSED[state as keyof typeof NOT_ASSESSED]}.`,
    )
    return {
      description: markup(`${of[0]!.framework.title} ${of[0]!.framework.version}`),
      props: [prop('framework', of[0]!.framework.id), prop('framework-version', of[0]!.framework.version)],
      'include-controls': of.map(named),
      'exclude-controls': orNone(unassessed.map(named)),
      ...(why.length && { remarks: paragraphs(why) }),
    }
  }
  if (!controls.length) {
    const none = [{ 'control-id': 'none' }]
    const remarks = 'No control was asked about. The format requires one: what is included is excluded.'
    return { 'control-selections': [{ 'include-controls': none, 'exclude-controls': none, remarks }] }
  }
  return {
    'control-selections': frameworks.map((id) =>
      selection(controls.filter(({ framework }) => framework.id === id)),
    ),
  }
}
