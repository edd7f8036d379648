// The organization of an account, and the policies in it that cap the account, as documents that give nobody anything.
import { known, mapFact, type Fact } from '@/core/fact'
import type { Of } from '@/core/observation'
import { readDocument, type Document } from './policy-document'
import type { AttachedPolicy, Organization } from './shapes-organization'

type Entitlement = Of<'entitlement'>
/** Not the language of what can be granted: the documents hold policies, and say where they hold. */
const LANGUAGE = 'aws-organization'

export type Sort = {
  /** As AWS calls it. */
  policyType: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY'
  /** Of one policy at one place. */
  type: 'aws.service-control-policy' | 'aws.resource-control-policy'
  /** Of all of them: how the native id ends. */
  plural: 'service-control-policies' | 'resource-control-policies'
  title: string
}
export const SERVICE: Sort = {
  policyType: 'SERVICE_CONTROL_POLICY',
  type: 'aws.service-control-policy',
  plural: 'service-control-policies',
  title: 'Service control policies',
}
export const RESOURCE: Sort = {
  policyType: 'RESOURCE_CONTROL_POLICY',
  type: 'aws.resource-control-policy',
  plural: 'resource-control-policies',
  title: 'Resource control policies',
}

const ruling = (
  row: Pick<Entitlement, 'nativeId' | 'type' | 'name' | 'managedBy' | 'document'>,
): Entitlement => ({
  kind: 'entitlement',
  aliases: [],
  language: LANGUAGE,
  gives: 'nothing',
  ...row,
})

/** @param organization undefined: the account is in none */
export const organizationRuling = (
  account: string,
  organization: Organization | undefined,
  source: string,
): Entitlement =>
  ruling({
    nativeId: `${account}/organization`,
    type: 'aws.organization',
    name: organization?.Id ?? 'No organization',
    managedBy: 'customer',
    document: known(
      organization
        ? {
            id: organization.Id,
            management: organization.MasterAccountId,
            featureSet: organization.FeatureSet,
          }
        : { none: true },
      source,
    ),
  })

export type Status = 'enabled' | 'disabled'
/** Whether policies of a sort are on: that there are none of them means something only then. */
export const statusRuling = (account: string, sort: Sort, status: Fact<Status>): Entitlement =>
  ruling({
    nativeId: `${account}/${sort.plural}`,
    type: 'aws.control-policy-type',
    name: sort.title,
    managedBy: 'customer',
    document: mapFact(status, (is): Document => ({ policyType: sort.policyType, status: is })),
  })

type Placed = {
  sort: Sort
  policy: AttachedPolicy
  /** Id of the root, unit or account that it is attached to. */
  target: string
  /** 0 is the root. */
  level: number
  content: Fact<string>
}
export const policyRuling = ({ sort, policy, target, level, content }: Placed): Entitlement =>
  ruling({
    nativeId: `${policy.Id}@${target}`,
    type: sort.type,
    name: policy.Name,
    managedBy: policy.AwsManaged ? 'provider' : 'customer',
    document: mapFact(read(content, policy), (document): Document => ({
      policy: document,
      level,
      target,
      name: policy.Name,
    })),
  })

const read = (content: Fact<string>, { Name }: AttachedPolicy): Fact<Document> =>
  content.state === 'known'
    ? readDocument(content.value, content.source, `the policy ${Name} of the organization`)
    : content
