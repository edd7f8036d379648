// What fails and what cannot be told, with the revision of each rule and the facts each verdict rests on.
import { findingColumns } from '@/inventory/queries/columns'
import type { Evidence } from '@/core/rule'
import { controlsOf } from '../../frameworks/rules-of-controls'
import { eachPackFinding, titleOf, type PackFinding } from '../facts/pack-findings'
import { columnsOf, tablePart } from './csv-part'
import { withoutPeople } from './finding-redaction'

const of = columnsOf<PackFinding>()
/** Who takes care of it now is no part of what was found then. */
const TRIAGE: ReadonlySet<string> = new Set(['status', 'assignee', 'snoozedUntil', 'note'])

/** @example `lastUsedAt: absent (credential report, 2026-09-30T00:00:00.000Z)` */
const evidenceWords = ({ fact, state, value, source, at, why }: Evidence): string => {
  const told = state === 'known' ? JSON.stringify(value) : state
  const where = [source, at, why].filter((word) => word !== undefined).join(', ')
  return `${fact}: ${told} (${where})`
}

export const findings = tablePart({
  id: 'findings',
  file: 'findings.csv',
  about:
    'Every verdict of the rules of these controls that fails or cannot be told at the moment, with the revision of the rule and the facts it rests on.',
  needs: 'finding:read',
  columns: [
    ...findingColumns.filter(({ key }) => !TRIAGE.has(key)),
    of('ruleTitle', 'Rule, in words', (r) => titleOf(r.ruleId)),
    of('revision', 'Revision', (r) => r.revision),
    of('latent', 'Does no harm because', (r) => r.latent ?? ''),
    of('evidence', 'Facts', (r) => r.evidence.map(evidenceWords).join('; ')),
    of('subjectNativeId', 'Subject native id', (r) => r.subjectNativeId),
    of('scopeNativeId', 'Scope native id', (r) => r.scopeNativeId),
    of('connector', 'Connector', (r) => r.connector),
    of('controls', 'Controls', (r) => controlsOf(r.ruleId).join(' ')),
  ],
  rows: eachPackFinding,
  redacted: withoutPeople,
})
