// What a finding is about, in words, and where that is shown.
import type { FindingRow } from '@/core/list'

type Subject = FindingRow['subject']
const TITLES = {
  identity: 'Identity',
  credential: 'Credential',
  secret: 'Stored secret',
  scope: 'Part of a source',
} as const satisfies Record<Subject['kind'], string>

export const subjectTitle = ({ kind }: Subject): string => TITLES[kind]

/** Put before its name where that alone might be taken for an identity's. */
export const subjectPrefix = ({ kind }: Subject): string =>
  kind === 'identity' ? '' : `${TITLES[kind].toLowerCase()} `

/** A part of a source is shown by what it holds. */
export function subjectHref({ kind, id }: Subject): string {
  if (kind === 'scope') return `/identities?scope=${id}`
  return `/${kind === 'identity' ? 'identities' : 'credentials'}/${id}`
}
