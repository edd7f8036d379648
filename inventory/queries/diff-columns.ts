// The columns of a comparison as CSV, and its words for people. Pure; safe in a browser.
import type { DiffKind, DiffRow, DiffWord } from '@/core/diff'
import type { Column } from './columns'

/** A sign that can be told apart without colour, and the word that goes with it. */
export const DIFF_WORDING: Readonly<Record<DiffWord, { sign: string; word: string; means: string }>> = {
  added: { sign: '+', word: 'Added', means: 'A complete look before did not see it.' },
  gone: { sign: '−', word: 'Gone', means: 'A complete look since did not see it any more.' },
  returned: { sign: '↺', word: 'Returned', means: 'It was gone and is there again.' },
  changed: { sign: '~', word: 'Changed', means: 'Both instants know it, and they differ.' },
  learned: {
    sign: '?',
    word: 'Learned',
    means: 'One of the two instants does not know it: it may have been the same all along.',
  },
  'first-look': {
    sign: '?',
    word: 'First look',
    means: 'Nobody had looked in full before: it may have been there all along.',
  },
}

export const DIFF_TITLES: Readonly<Record<DiffKind, string>> = {
  identity: 'Identities',
  privilege: 'Privilege',
  owner: 'Owners',
  grant: 'Grants',
  trust: 'Trust',
  credential: 'Credentials',
  finding: 'Findings',
  source: 'Sources',
  scope: 'Scopes',
}

/** Old to new on one line. */
export const changesText = ({ changes }: Pick<DiffRow, 'changes'>): string =>
  changes.map(({ field, from, to }) => `${field}: ${from} → ${to}`).join('; ')

const column = (
  key: string,
  title: string,
  csv: (row: DiffRow) => string,
  always?: true,
): Column<DiffRow> => ({
  key,
  title,
  csv,
  ...(always && { always }),
})

export const diffColumns: readonly Column<DiffRow>[] = [
  column('kind', 'Kind', (r) => r.kind, true),
  column('what', 'What', (r) => r.what, true),
  column('id', 'Id', (r) => r.id, true),
  column('name', 'Name', (r) => r.name),
  column('identity', 'Identity', (r) => r.identity?.name ?? ''),
  column('identityId', 'Identity id', (r) => r.identity?.id ?? ''),
  column('scope', 'Scope', (r) => r.scope?.name ?? ''),
  column('scopeId', 'Scope id', (r) => r.scope?.id ?? ''),
  column('sample', 'Sample', (r) => String(r.scope?.sample ?? false)),
  column('sourceRemoved', 'Source removed', (r) => String(r.removed ?? false)),
  column('trueAt', 'True since', (r) => r.trueAt),
  column('knownAt', 'Known since', (r) => r.knownAt),
  column('changes', 'Changes', changesText),
  column('rule', 'Rule', (r) => r.rule?.id ?? ''),
  column('severity', 'Severity', (r) => r.rule?.severity ?? ''),
  column('verdict', 'Verdict', (r) => r.rule?.verdict ?? ''),
  column('run', 'Run', (r) => r.run?.id ?? ''),
  column('source', 'Source', (r) => r.run?.source ?? ''),
]
