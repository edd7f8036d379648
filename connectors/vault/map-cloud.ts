// Who of a cloud may take a role: principals of AWS, identities of Azure, service accounts of Google. All bounds of a role
// have to hold together; those that name nobody are kept as conditions.
import type { Link } from '@/core/join'
import type { Of } from '@/core/observation'
import { matchOf, permitted, trustOf } from './observed'
import type { AwsAuthRole, AzureAuthRole, CertRole, GcpAuthRole } from './shapes'

const ARN = /^arn:aws[a-z-]*:iam::(\d{12}):(role|user)\/(.+)$/

/**
 * A principal by its ARN. Without unique ids the server compares the ARN of a role without its path, as sessions show it; a
 * pattern, and what was looked up by its unique id, is compared with the path.
 */
function principalLink(arn: string, role: AwsAuthRole): Link {
  const [, account, kind, name = ''] = ARN.exec(arn) ?? []
  const match = matchOf(arn)
  const authority = account === undefined ? {} : { authority: `aws:${account}` }
  const reason =
    match === 'exact'
      ? 'The role lets in this principal.'
      : 'The role lets in principals whose ARN fits this.'
  const byId = role.resolve_aws_unique_ids === true && match === 'exact'
  if (match === 'exact' && kind === 'role' && !byId)
    return permitted({
      to: 'aws.role-name',
      match,
      value: `${account}/${(name.split('/').at(-1) ?? name).toLowerCase()}`,
      ...authority,
      reason,
    })
  return permitted({ to: 'aws.arn', match, value: arn, ...authority, ...(byId && { bound: true }), reason })
}

const accountLink = (account: string): Link =>
  permitted({
    to: 'aws.account',
    match: 'exact',
    value: account,
    authority: `aws:${account}`,
    reason: 'The role lets in every principal of this account that fits its other bounds.',
  })

export function awsTrust(identity: string, role: AwsAuthRole): Of<'trust'>[] {
  const { bound_iam_principal_arn, bound_iam_role_arn, bound_account_id } = role
  const conditions = {
    auth_type: role.auth_type,
    bound_account_id,
    bound_iam_role_arn,
    bound_iam_instance_profile_arn: role.bound_iam_instance_profile_arn,
    bound_ec2_instance_id: role.bound_ec2_instance_id,
    bound_region: role.bound_region,
    bound_vpc_id: role.bound_vpc_id,
    inferred_entity_type: role.inferred_entity_type,
    token_bound_cidrs: role.token_bound_cidrs,
  }
  const arns = bound_iam_principal_arn.length ? bound_iam_principal_arn : bound_iam_role_arn
  const trust = (principal: string, principalType: Of<'trust'>['principalType'], links: Link[]) =>
    trustOf({ identity, tail: principal, principalType, principal, conditions, links })
  if (arns.length) return arns.map((arn) => trust(arn, 'identity', [principalLink(arn, role)]))
  if (bound_account_id.length)
    return bound_account_id.map((account) => trust(account, 'account', [accountLink(account)]))
  return [trust('aws', 'federated', [])]
}

const named = (to: Link['to'], values: readonly string[], reason: string): [string, Link[]][] =>
  values.map((value) => [value, [permitted({ to, match: matchOf(value), value, reason })]])

export function azureTrust(identity: string, role: AzureAuthRole): Of<'trust'>[] {
  const { bound_service_principal_ids: ids } = role
  const conditions = {
    bound_group_ids: role.bound_group_ids,
    bound_subscription_ids: role.bound_subscription_ids,
    bound_resource_groups: role.bound_resource_groups,
    bound_locations: role.bound_locations,
    bound_scale_sets: role.bound_scale_sets,
    token_bound_cidrs: role.token_bound_cidrs,
  }
  const who = named('azure.object-id', ids, 'The role lets in the service principal with this object id.')
  return (who.length ? who : [['azure', []] as [string, Link[]]]).map(([principal, links]) =>
    trustOf({ identity, tail: principal, principalType: 'federated', principal, conditions, links }),
  )
}

export function gcpTrust(identity: string, role: GcpAuthRole): Of<'trust'>[] {
  const conditions = {
    type: role.type,
    bound_projects: role.bound_projects,
    bound_zones: role.bound_zones,
    bound_regions: role.bound_regions,
    token_bound_cidrs: role.token_bound_cidrs,
  }
  const who = named(
    'gcp.service-account-email',
    role.bound_service_accounts.filter((email) => email !== '*'),
    'The role lets in this service account.',
  )
  return (who.length ? who : [['google', []] as [string, Link[]]]).map(([principal, links]) =>
    trustOf({ identity, tail: principal, principalType: 'federated', principal, conditions, links }),
  )
}

/** Whoever holds a certificate that the authority of the role has signed, with the names it demands. */
export const certTrust = (identity: string, role: CertRole): Of<'trust'> =>
  trustOf({
    identity,
    tail: 'certificates',
    principalType: 'federated',
    principal: 'certificates signed by the authority of the role',
    conditions: {
      allowed_names: role.allowed_names,
      allowed_common_names: role.allowed_common_names,
      allowed_dns_sans: role.allowed_dns_sans,
      allowed_email_sans: role.allowed_email_sans,
      allowed_uri_sans: role.allowed_uri_sans,
      allowed_organizational_units: role.allowed_organizational_units,
      required_extensions: role.required_extensions,
      token_bound_cidrs: role.token_bound_cidrs,
    },
  })
