// One Compliance Finding (class 2003) for each control that was asked about.
import type { ControlResult, ReportFacts, RuleTest } from '../report/facts'
import { namedUuid } from '../stream/named-uuid'
import { eventOf, millis, severityOf } from './event'

/** OCSF: 1 passed for all, 2 gave no result for want of information, 3 failed for at least one, 0 is not known. */
const STATUS = {
  unknown: [0, 'Unknown'],
  pass: [1, 'Pass'],
  warning: [2, 'Warning'],
  fail: [3, 'Fail'],
} as const
const status = (of: keyof typeof STATUS) => ({ status_id: STATUS[of][0], status: STATUS[of][1] })

const STATES = {
  failing: ['fail', 'At least one rule that speaks to it fails.'],
  'no-failure': ['pass', 'Every rule that speaks to it was asked everywhere in the population and passed.'],
  'cannot-tell': ['warning', 'No rule fails, but not everything could be seen or asked.'],
  'nothing-judged': ['unknown', 'Nothing was judged for it.'],
  'no-rule': ['unknown', 'No rule speaks to it.'],
} as const

function checkStatus({ pass, fail, unknown, notAsked }: RuleTest): keyof typeof STATUS {
  if (fail) return 'fail'
  if (unknown || notAsked) return 'warning'
  return pass ? 'pass' : 'unknown'
}

const ORDER = ['critical', 'high', 'medium', 'low', 'info']
const worstFailing = (rules: readonly RuleTest[]) =>
  ORDER.find((severity) => rules.some((rule) => rule.fail > 0 && rule.severity === severity))

const standardOf = ({ framework }: ControlResult) => `${framework.title} ${framework.version}`

const checkOf = (result: ControlResult, rule: RuleTest) => ({
  uid: rule.id,
  name: rule.title,
  ...(rule.revisions.length && { version: rule.revisions.join(' ') }),
  desc: [`Asked with: ${rule.parameters || 'nothing that can be set'}.`, rule.blindSpot]
    .filter((text) => text !== undefined)
    .join(' '),
  standards: [standardOf(result)],
  ...severityOf(rule.severity),
  ...status(checkStatus(rule)),
})

const countsOf = ({ id, pass, fail, excepted, unknown, notAsked }: RuleTest) => ({
  rule: id,
  ...{ pass, fail, excepted, unknown, not_asked: notAsked },
})

export function controlEvent(facts: ReportFacts, result: ControlResult) {
  const name = `${result.framework.id}:${result.control}`
  const [state, words] = STATES[result.state]
  const { valid, known } = facts.asOf
  return {
    ...eventOf(2003, 1, facts, {
      names: ['control', name, valid, known, ...facts.scope],
      at: valid,
      code: name,
    }),
    ...severityOf(state === 'pass' ? 'info' : state === 'fail' ? worstFailing(result.rules) : undefined),
    message: `${standardOf(result)} ${result.control}: ${words}`,
    finding_info: {
      uid: namedUuid('control', name, valid, known, ...facts.scope),
      title: `${result.control} ${result.title}`,
      desc: `${words} A rule gives evidence toward a control; its design, policies and what people do lie outside of it.`,
      created_time: millis(valid),
      types: ['control'],
    },
    compliance: {
      standards: [standardOf(result)],
      control: result.control,
      requirements: [`${standardOf(result)} ${result.control}`],
      desc: result.text ?? result.title,
      ...status(state),
      status_code: result.state,
      status_details: [words, ...result.gaps],
      ...(result.rules.length && { checks: result.rules.map((rule) => checkOf(result, rule)) }),
    },
    unmapped: {
      population: result.population,
      pack_complete: facts.complete,
      ...(result.rules.length && { rules: result.rules.map(countsOf) }),
    },
  }
}
