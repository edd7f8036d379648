// What identities may do: policies as entitlements, and who holds them as grants.
import { unknown, type Fact } from '@/core/fact'
import type { Of } from '@/core/observation'
import { DETAILS } from './map-identity'
import { readDocument, type Document } from './policy-document'
import type { Attached, GroupDetail, Inline, PolicyDetail } from './shapes'

type Grant = Of<'grant'>
type Entitlement = Of<'entitlement'>
export const LANGUAGE = 'aws-iam'

/**
 * A managed policy goes by its ARN and the name in it: a grant names only the ARN, so all that is not a fact has to be
 * the same whether or not the policy itself could be read.
 */
export const nameOfArn = (arn: string): string => arn.split('/').at(-1) || arn
export const isMadeByAws = (arn: string): boolean => /^arn:aws[a-z-]*:iam::aws:/.test(arn)
const inlineId = (holder: string, name: string): string => `${holder}/inline/${name}`

/** Inline policies of a role, user or group. They live and die with it. */
export const inlineEntitlements = (holder: string, policies: readonly Inline[]): Entitlement[] =>
  policies.map(({ PolicyName, PolicyDocument }) => ({
    kind: 'entitlement',
    nativeId: inlineId(holder, PolicyName),
    aliases: [],
    type: 'aws.inline-policy',
    name: PolicyName,
    language: LANGUAGE,
    managedBy: 'customer',
    document: readDocument(PolicyDocument, DETAILS, `the inline policy ${PolicyName}`),
  }))

export const managedEntitlement = (arn: string, document: Fact<Document>): Entitlement => ({
  kind: 'entitlement',
  nativeId: arn,
  aliases: [],
  type: 'aws.managed-policy',
  name: nameOfArn(arn),
  language: LANGUAGE,
  managedBy: isMadeByAws(arn) ? 'provider' : 'customer',
  document,
})

/** A managed policy as the account details hold it: the version that is in effect, of up to five. */
export function policyEntitlement(policy: PolicyDetail): Entitlement {
  const name = nameOfArn(policy.Arn)
  const version =
    policy.PolicyVersionList.find((one) => one.IsDefaultVersion === true) ??
    policy.PolicyVersionList.find((one) => one.VersionId != null && one.VersionId === policy.DefaultVersionId)
  const document = version
    ? readDocument(version.Document, DETAILS, `the policy ${name}`)
    : unknown('malformed', DETAILS, `the policy ${name} has no version in effect`)
  return managedEntitlement(policy.Arn, document)
}

type Holder = {
  id: string
  inline: readonly Inline[]
  attached: readonly Attached[]
  boundary: string | null | undefined
}
const grant = (
  identity: string,
  tail: string,
  rest: Pick<Grant, 'entitlement' | 'entitlementName' | 'effect' | 'via' | 'viaName'>,
): Grant => ({
  kind: 'grant',
  nativeId: `${identity}/${tail}`,
  identity,
  ...rest,
})
/** What a role or user holds itself. */
export function ownGrants({ id, inline, attached, boundary }: Holder): Grant[] {
  return [
    ...attached.map((policy) =>
      grant(id, `attached/${policy.PolicyArn}`, {
        entitlement: policy.PolicyArn,
        entitlementName: nameOfArn(policy.PolicyArn),
        effect: 'allow',
        via: 'attached',
      }),
    ),
    ...inline.map(({ PolicyName }) =>
      grant(id, `inline/${PolicyName}`, {
        entitlement: inlineId(id, PolicyName),
        entitlementName: PolicyName,
        effect: 'allow',
        via: 'inline',
      }),
    ),
    ...(boundary
      ? [
          grant(id, `boundary/${boundary}`, {
            entitlement: boundary,
            entitlementName: nameOfArn(boundary),
            effect: 'limit',
            via: 'attached',
          }),
        ]
      : []),
  ]
}

/** What a group hands to its members: names only, the documents are entitlements of their own. */
export type Group = { id: string; name: string; inline: readonly string[]; attached: readonly Attached[] }

export const toGroup = (group: GroupDetail): Group => ({
  id: group.GroupId,
  name: group.GroupName,
  inline: group.GroupPolicyList.map((policy) => policy.PolicyName),
  attached: group.AttachedManagedPolicies,
})

export const groupGrants = (user: string, group: Group): Grant[] => [
  ...group.attached.map((policy) =>
    grant(user, `group/${group.id}/${policy.PolicyArn}`, {
      entitlement: policy.PolicyArn,
      entitlementName: nameOfArn(policy.PolicyArn),
      effect: 'allow',
      via: 'group',
      viaName: group.name,
    }),
  ),
  ...group.inline.map((name) =>
    grant(user, `group/${group.id}/inline/${name}`, {
      entitlement: inlineId(group.id, name),
      entitlementName: name,
      effect: 'allow',
      via: 'group',
      viaName: group.name,
    }),
  ),
]

/** Managed policies that grants point to. */
export class Referenced {
  private readonly arns = new Set<string>()
  private readonly seen = new Set<string>()

  addAll(attached: readonly Attached[], boundary?: string | null): void {
    for (const policy of attached) this.arns.add(policy.PolicyArn)
    if (boundary) this.arns.add(boundary)
  }
  has = (arn: string): boolean => this.arns.has(arn)
  markSeen = (arn: string): void => void this.seen.add(arn)
  /** Those whose document has not come with the account details. */
  unseen = (): string[] => [...this.arns].filter((arn) => !this.seen.has(arn)).sort()
}
