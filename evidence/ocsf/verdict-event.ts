// A verdict about an identity as an IAM Analysis Finding (class 2008); about anything else as a Compliance Finding (class 2003).
import type { FindingLine, ReportFacts } from '../report/facts'
import { namedUuid } from '../stream/named-uuid'
import { eventOf, millis, severityOf, type Activity } from './event'

function activityOf({ state, openedAt, changedAt }: FindingLine): Activity {
  if (state === 'resolved') return 3
  return changedAt === openedAt ? 1 : 2
}

/** An exception accepts a risk for a time. OCSF's "suppressed" would call it benign: it stays what it is, with a word of ours. */
function statusOf({ state, excepted }: FindingLine) {
  if (state === 'resolved') return { status_id: 4, status: 'Resolved' }
  if (excepted)
    return {
      status_id: 99,
      status: 'Excepted',
      status_detail: `Under an approved exception until ${excepted.until}, approved by ${excepted.approvedBy}: ${excepted.reason}`,
    }
  return { status_id: 1, status: 'New' }
}

const baseOf = (facts: ReportFacts, one: FindingLine, class_uid: 2003 | 2008) => {
  const isUnknown = one.verdict === 'unknown'
  return {
    ...eventOf(class_uid, activityOf(one), facts, {
      names: ['verdict', one.id, one.verdict, one.state, one.changedAt],
      at: one.resolvedAt ?? one.changedAt,
      code: one.ruleId,
    }),
    ...severityOf(isUnknown ? undefined : one.severity),
    ...statusOf(one),
    status_code: one.verdict,
    message: isUnknown ? `Cannot be told. ${one.message}` : one.message,
    finding_info: {
      uid: namedUuid('finding', one.id),
      uid_alt: one.id,
      title: one.ruleTitle,
      desc: one.message,
      types: [one.verdict],
      created_time: millis(one.openedAt),
      modified_time: millis(one.changedAt),
      analytic: {
        uid: one.ruleId,
        name: one.ruleTitle,
        version: one.revision,
        type_id: 1,
        type: 'Rule',
      },
    },
    unmapped: {
      verdict: one.verdict,
      rule_severity: one.severity,
      controls: one.controls,
      subject_id: one.subject.id,
      ...(one.identityId !== undefined && { identity_id: one.identityId }),
      connector: one.scope.connector,
    },
  }
}

const resourceOf = ({ subject, scope }: FindingLine) => ({
  uid: subject.nativeId,
  uid_alt: subject.id,
  ...(subject.name && { name: subject.name }),
  type: subject.kind,
  namespace: scope.nativeId,
  role_id: 1,
  role: 'Target',
})

export function verdictEvent(facts: ReportFacts, one: FindingLine) {
  if (one.identityId === undefined) return complianceEvent(facts, one)
  const { subject, scope } = one
  return {
    ...baseOf(facts, one, 2008),
    user: {
      uid: subject.nativeId,
      uid_alt: subject.id,
      ...(subject.name && { name: subject.name }),
      type: subject.kind,
    },
    resources: [resourceOf(one)],
    // One of four attributes has to be there. Where the identity lives is what is known of all of them.
    applications: [
      {
        uid: scope.nativeId,
        ...(scope.name && { name: scope.name }),
        type: scope.connector,
        desc: 'The scope that the identity is part of.',
      },
    ],
  }
}

function complianceEvent(facts: ReportFacts, one: FindingLine) {
  const [status_id, status] = one.verdict === 'fail' ? [3, 'Fail'] : [2, 'Warning']
  const standards = [...new Set(one.controls.map((control) => control.split(':')[0]!))]
  return {
    ...baseOf(facts, one, 2003),
    resources: [resourceOf(one)],
    compliance: {
      control: one.ruleId,
      desc: one.ruleTitle,
      ...(standards.length && { standards, requirements: one.controls }),
      ...{ status_id, status, status_code: one.verdict },
      status_details: [one.message],
    },
  }
}
