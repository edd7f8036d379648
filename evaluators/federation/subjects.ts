// What a token says of whom it is for, issuer by issuer, with what only a person can fill in. Never a pattern.
import { fillIn } from '../fill-in'
import { issuerOf } from './width'

export type Subject = {
  /** The whole claim `sub`. */
  subject: string
  /** The same with numbers instead of names, where the issuer can write it so. */
  numbered?: string
  /** A further claim with a number, which does not change hands as names do. */
  number?: { claim: string; value: string }
  notes: readonly string[]
}

const [owner, repository] = [fillIn('OWNER'), fillIn('REPOSITORY')]
const environment = `environment:${fillIn('ENVIRONMENT')}`
/** docs.github.com, "OpenID Connect reference". */
export const ofWorkflow: Subject = {
  subject: `repo:${owner}/${repository}:${environment}`,
  numbered: `repo:${owner}@${fillIn('OWNER_ID')}/${repository}@${fillIn('REPOSITORY_ID')}:${environment}`,
  number: { claim: 'repository_id', value: fillIn('REPOSITORY_ID') },
  notes: [
    'The subject is that of a job with a deployment environment: protect the environment, for whoever may deploy to it comes in. A job without one has another subject, which ends in its branch or tag.',
    'A repository can be set to sign with its numbers, or with other claims: then its subject reads otherwise. Take it from a token of a run, whole.',
  ],
}
/** kubernetes.io, "Configure Service Accounts for Pods". */
export const ofAccount: Subject = {
  subject: `system:serviceaccount:${fillIn('NAMESPACE')}:${fillIn('SERVICE_ACCOUNT')}`,
  notes: [
    'Give it a service account of its own: whatever else runs as the same service account comes in as well, and so does whoever may start something as it.',
  ],
}
const unknownSubject: Subject = { subject: fillIn('SUBJECT'), notes: [] }

/** @param issuer with or without its scheme */
export function subjectAt(issuer: string): Subject {
  const id = issuerOf(issuer)?.id
  if (id === 'github' || id === 'github-server') return ofWorkflow
  return id === 'kubernetes' ? ofAccount : unknownSubject
}
