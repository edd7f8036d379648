// The document in effect of a managed policy that the account details do not hold, mostly one that AWS made.
import { unknown, type Fact } from '@/core/fact'
import type { Session } from '@/core/session'
import { readDocument, type Document } from './policy-document'
import { Policy, VersionAnswer } from './shapes'

const VERSION = 'iam:GetPolicyVersion'
const GONE = { absentOn: ['NoSuchEntity'] }

export async function documentOf(session: Session, arn: string): Promise<Fact<Document>> {
  const policy = await session.ask('iam:GetPolicy', { PolicyArn: arn }, Policy, GONE)
  if (policy.state === 'unknown') return policy
  const gone = unknown('not-collected', 'iam:GetPolicy', 'the policy was deleted while the account was read')
  if (policy.state === 'absent') return gone
  const params = { PolicyArn: arn, VersionId: policy.value.Policy.DefaultVersionId }
  const version = await session.ask(VERSION, params, VersionAnswer, GONE)
  if (version.state === 'unknown') return version
  if (version.state === 'absent') return gone
  return readDocument(version.value.PolicyVersion.Document, VERSION, `the policy ${arn}`)
}
