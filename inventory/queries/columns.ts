// The columns of lists: the screen and the export name, order and fill them the same way. Pure; safe in a browser.
import type { CredentialRow, FindingRow, IdentityRow } from '@/core/list'

export type Column<R> = {
  key: string
  title: string
  /** The cell as text, never shortened. Empty only where the question does not arise. */
  csv: (row: R) => string
  /** Ids are in every export, so that rows can be told apart and found again. */
  always?: true
}
const column = <R>(key: string, title: string, csv: (row: R) => string, always?: true): Column<R> => ({
  key,
  title,
  csv,
  ...(always && { always }),
})

const identity = column<IdentityRow>
/** A known absence and an unknown each have their word: an empty cell would look like both. */
export const identityColumns: readonly Column<IdentityRow>[] = [
  identity('id', 'Id', (r) => r.id, true),
  identity('nativeId', 'Native id', (r) => r.nativeId, true),
  identity('name', 'Name', (r) => r.name),
  identity('alias', 'Alias', (r) => r.alias ?? ''),
  identity('type', 'Type', (r) => r.type),
  identity('class', 'Class', (r) => r.class),
  identity('scope', 'Scope', (r) => r.scope.name),
  identity('scopeNativeId', 'Scope native id', (r) => r.scope.nativeId),
  identity('connector', 'Connector', (r) => r.scope.connectorId),
  identity('sample', 'Sample', (r) => String(r.scope.sample)),
  identity('ownerState', 'Owner known', (r) => r.owner.state),
  identity('owner', 'Owner', (r) => r.owner.name ?? (r.owner.state === 'absent' ? 'none' : 'unknown')),
  identity('privilege', 'Privilege', (r) => r.privilege),
  identity('lastUsedState', 'Last use known', (r) => r.lastUsed.state),
  identity(
    'lastUsed',
    'Last used',
    (r) => r.lastUsed.at ?? (r.lastUsed.state === 'absent' ? 'never' : 'unknown'),
  ),
  identity('createdAt', 'Created', (r) => r.createdAt ?? 'unknown'),
  identity('credentials', 'Credentials', (r) => String(r.credentials)),
  identity('credentialsState', 'Credentials seen', (r) => r.credentialsState),
  identity('oldestCredentialAt', 'Oldest credential', (r) => r.oldestCredentialAt ?? ''),
  identity('failing', 'Failing', (r) => (r.judged ? String(r.failing) : 'not judged')),
  identity('unknowns', 'Unknown', (r) => (r.judged ? String(r.unknowns) : 'not judged')),
  identity('worst', 'Worst', (r) => r.worst ?? ''),
  identity('firstSeenAt', 'First seen', (r) => r.firstSeenAt),
  identity('retiredAt', 'Retired', (r) => r.retiredAt ?? ''),
]

const finding = column<FindingRow>
export const findingColumns: readonly Column<FindingRow>[] = [
  finding('id', 'Id', (r) => r.id, true),
  finding('ruleId', 'Rule', (r) => r.ruleId, true),
  finding('verdict', 'Verdict', (r) => r.verdict),
  finding('severity', 'Severity', (r) => r.severity),
  finding('message', 'Message', (r) => r.message),
  finding('subject', 'Subject', (r) => r.subject.name),
  finding('subjectKind', 'Subject kind', (r) => r.subject.kind),
  finding('subjectId', 'Subject id', (r) => r.subject.id),
  finding('identityId', 'Identity id', (r) => r.identityId ?? ''),
  finding('scope', 'Scope', (r) => r.scope.name),
  finding('sample', 'Sample', (r) => String(r.scope.sample)),
  finding('state', 'State', (r) => r.state),
  finding('openedAt', 'Opened', (r) => r.openedAt),
  finding('changedAt', 'Changed', (r) => r.changedAt),
  finding('resolvedAt', 'Resolved', (r) => r.resolvedAt ?? ''),
  finding('stale', 'Out of date since', (r) => r.stale?.since ?? (r.state === 'open' ? 'no' : '')),
  finding('seenAt', 'Out of date, last seen', (r) => r.stale?.seenAt ?? ''),
  finding('exceptedUntil', 'Excepted until', (r) => r.excepted?.until ?? (r.state === 'open' ? 'no' : '')),
  finding('exceptedWhy', 'Excepted because', (r) => r.excepted?.reason ?? ''),
  finding('exceptedBy', 'Exception approved by', (r) => r.excepted?.approvedBy ?? ''),
  finding('exceptionEnded', 'Exception ended', (r) => r.exceptionEnded?.at ?? ''),
  finding('status', 'Triage', (r) => r.triage?.status ?? (r.state === 'open' ? 'new' : '')),
  finding('assignee', 'Assigned to', (r) => r.triage?.assignee?.name ?? ''),
  finding('snoozedUntil', 'Snoozed until', (r) => r.triage?.snoozedUntil ?? ''),
  finding('note', 'Note', (r) => r.triage?.note ?? ''),
]

/** A date, or the word for why there is none. */
const dated = ({ state, at }: CredentialRow['value'], none: string): string =>
  at ?? (state === 'absent' ? none : 'unknown')
const flag = (fact: CredentialRow['rotates']): string =>
  !fact ? '' : fact.value === undefined ? (fact.state === 'absent' ? 'none' : 'unknown') : String(fact.value)
const belongsTo = ({ identity }: CredentialRow): string => {
  if (!identity) return ''
  if (identity.state === 'known') return identity.name ?? identity.nativeId ?? ''
  return identity.state === 'absent' ? 'nobody' : 'unknown'
}
const copiedEvery = ({ copiedEvery: every }: CredentialRow): string =>
  !every ? '' : (every.seconds?.toString() ?? (every.state === 'absent' ? 'once' : 'unknown'))

const credential = column<CredentialRow>
export const credentialColumns: readonly Column<CredentialRow>[] = [
  credential('id', 'Id', (r) => r.id, true),
  credential('nativeId', 'Native id', (r) => r.nativeId, true),
  credential('kind', 'Kind', (r) => r.kind, true),
  credential('name', 'Name', (r) => r.name),
  credential('type', 'Type', (r) => r.type),
  credential('form', 'Form', (r) => r.form ?? ''),
  credential('identity', 'Belongs to', belongsTo),
  credential('identityId', 'Identity id', (r) => r.identity?.id ?? ''),
  credential('scope', 'Scope', (r) => r.scope.name),
  credential('scopeNativeId', 'Scope native id', (r) => r.scope.nativeId),
  credential('connector', 'Connector', (r) => r.scope.connectorId),
  credential('sample', 'Sample', (r) => String(r.scope.sample)),
  credential('valueMadeAt', 'Value made', (r) => dated(r.value, 'no date')),
  credential('expiresAt', 'Expires', (r) => dated(r.expires, 'never')),
  credential('lastUsed', 'Last used', (r) => dated(r.lastUsed, 'never')),
  credential('enabled', 'Enabled', (r) => flag(r.enabled)),
  credential('count', 'Stands for', (r) => r.count?.toString() ?? ''),
  credential('rotates', 'Rotates', (r) => flag(r.rotates)),
  credential('copiedEverySeconds', 'Copied again every', copiedEvery),
  credential('firstSeenAt', 'First seen', (r) => r.firstSeenAt),
  credential('retiredAt', 'Gone', (r) => r.retiredAt ?? ''),
]

/** The columns to show or export, in the registry's order. Without a choice: all of them. */
export function chooseColumns<R>(
  columns: readonly Column<R>[],
  keys?: readonly string[],
): readonly Column<R>[] {
  return keys?.length ? columns.filter((c) => c.always || keys.includes(c.key)) : columns
}

/** Keys that name no column. */
export const unknownColumns = <R>(columns: readonly Column<R>[], keys: readonly string[] = []): string[] =>
  keys.filter((key) => !columns.some((c) => c.key === key))
