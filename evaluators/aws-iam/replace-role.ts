// The role that comes in the place of a user: who may assume it, to the letter, and what it holds, as the user does now.
import { block, hcl, jsonencode, reference, type HclBlock, type HclValue } from '../hcl'
import { fillIn } from '../fill-in'
import { plainName, type ProposedFile } from '../proposal'
import { inWords, type HeldRight, type Replaceable } from '../replacement'

const USER = /^arn:(aws[a-z-]*):iam::(\d{12}):user\//
const POLICY = /^arn:aws[a-z-]*:iam::(?:\d{12}|aws):policy\//
/** IAM quotas: managed policies of a role, unless raised. */
const ATTACHED_MAX = 10

export type Place = { partition: string; account: string }
export function placeOf({ identity, scope }: Replaceable): Place {
  const [, partition, account] =
    [identity?.id ?? '', ...(identity?.aliases ?? [])].map((name) => USER.exec(name)).find(Boolean) ?? []
  if (partition !== undefined && account !== undefined) return { partition, account }
  return { partition: 'aws', account: /^\d{12}$/.test(scope.id) ? scope.id : fillIn('ACCOUNT_ID') }
}

export const roleName = ({ identity, credential }: Replaceable, way: string): string =>
  `${plainName(identity?.name ?? credential.name, '-')}-${way}`
export const roleArn = (known: Replaceable, way: string): string => {
  const { partition, account } = placeOf(known)
  return `arn:${partition}:iam::${account}:role/${roleName(known, way)}`
}

export type Condition = { [key: string]: string }
type Principal = { Federated: HclValue } | { Service: string }
export const trustPolicy = (principal: Principal, action: string, equals: Condition): HclValue => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: principal,
      Action: action,
      ...(Object.keys(equals).length && { Condition: { StringEquals: equals } }),
    },
  ],
})

const isManaged = ({ id }: HeldRight): boolean => POLICY.test(id)
const attachedOf = ({ rights }: Replaceable): HeldRight[] => [
  ...new Map(
    rights.filter((one) => one.effect === 'allow' && isManaged(one)).map((one) => [one.id, one]),
  ).values(),
]

/** The role with what the user holds by managed policies, and under the same boundary. */
export function roleBlocks(known: Replaceable, way: string, trust: HclValue): HclBlock[] {
  const label = roleName(known, way).replaceAll('-', '_')
  const boundary = known.rights.find((one) => one.effect === 'limit' && isManaged(one))
  return [
    block(
      'resource',
      ['aws_iam_role', label],
      ['name', roleName(known, way)],
      ['assume_role_policy', jsonencode(trust)],
      ...(boundary ? [['permissions_boundary', boundary.id] as const] : []),
    ),
    ...attachedOf(known).map(({ id }, at) =>
      block(
        'resource',
        ['aws_iam_role_policy_attachment', `${label}_${at + 1}`],
        ['role', reference(`aws_iam_role.${label}.name`)],
        ['policy_arn', id],
      ),
    ),
  ]
}

export const hclFile = (name: string, ...blocks: readonly HclBlock[]): ProposedFile => ({
  name,
  language: 'hcl',
  text: hcl(...blocks),
})

/** What of the user's rights is not in the file, and what is known of their use. */
export function rightsNotes(known: Replaceable): string[] {
  const { rights } = known
  if (!rights.length)
    return ['No right of its holder was seen: the role holds none until policies are attached to it.']
  const others = rights.filter((one) => !isManaged(one)).map(({ name }) => inWords(name))
  const listed = others.slice(0, 10).join(', ')
  return [
    ...(attachedOf(known).length
      ? [
          'The role is given the managed policies that the user holds now, which may be more than is used: ask for a smaller policy first.',
        ]
      : []),
    ...(others.length
      ? [
          `These policies are the user’s or a group’s own and have to be copied: ${listed}${others.length > 10 ? ' and more' : ''}.`,
        ]
      : []),
    ...(attachedOf(known).length > ATTACHED_MAX
      ? [`A role may have ${ATTACHED_MAX} managed policies unless the quota is raised: bring some together.`]
      : []),
    'Policies of resources and of keys that name the user have to name the role: they were not looked at here.',
  ]
}
