// How a user or role is turned off and deleted, and rights are taken from it, by the command line of AWS.
// Source: IAM user guide, “Deleting an IAM user”, “Deleting roles”; AWS CLI command reference, iam.
import { fillIn } from '../fill-in'
import {
  inTerraform,
  leftOut,
  type Act,
  type DraftPlan,
  type HeldGrant,
  type Removable,
  type Remover,
} from '../removal'
import { shell, word } from '../shell'

const OFF = 'rollcall-off'
const DENY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
})

type Sort = 'user' | 'role'
type Holder = { sort: Sort; name: string; isService: boolean }

/** By its ARN, whose last part is the name whatever the path before it is. */
function holderOf({ identity }: Removable): Holder {
  const arn = identity.aliases.find((alias) => /^arn:[^:]+:iam::\d+:(user|role)\//.test(alias))
  const sort: Sort = identity.type === 'aws.iam-user' ? 'user' : 'role'
  const name = arn?.split('/').at(-1) || identity.name || fillIn('NAME')
  return { sort, name, isService: arn?.includes(':role/aws-service-role/') ?? false }
}

/** `--user-name=…` or `--role-name=…`. */
const of = ({ sort, name }: Holder): string => `--${sort}-name=${word(name)}`

function keyActs(known: Removable, status: 'Inactive' | 'Active'): Act[] {
  const { name } = holderOf(known)
  return known.credentials
    .filter(({ type }) => type === 'aws.access-key')
    .map(({ id }) => ({
      does: `${status === 'Inactive' ? 'Turns off' : 'Turns on'} the access key ${id}`,
      run: `${shell`aws iam update-access-key --user-name=${name} --access-key-id=${id}`} --status=${status}`,
    }))
}

function offActs(known: Removable): Act[] {
  const holder = holderOf(known)
  return [
    {
      does: 'Denies it everything, also in sessions that go on',
      run: `aws iam put-${holder.sort}-policy ${of(holder)} --policy-name=${OFF} --policy-document=${word(DENY)}`,
    },
    ...keyActs(known, 'Inactive'),
  ]
}
const backActs = (known: Removable): Act[] => {
  const holder = holderOf(known)
  return [
    {
      does: 'Lets it do what it could before',
      run: `aws iam delete-${holder.sort}-policy ${of(holder)} --policy-name=${OFF}`,
    },
    ...keyActs(known, 'Active'),
  ]
}

/** Undefined for what is not its own, such as the rights of a group it is not to be taken from. */
function takeAway(holder: Holder, grant: HeldGrant): Act | undefined {
  const { sort } = holder
  if (grant.effect !== 'allow') return undefined
  if (grant.via === 'attached')
    return {
      does: `Takes away ${grant.name}`,
      run: `aws iam detach-${sort}-policy ${of(holder)} --policy-arn=${word(grant.entitlement)}`,
    }
  if (grant.via === 'inline')
    return {
      does: `Deletes its own policy ${grant.name}`,
      run: `aws iam delete-${sort}-policy ${of(holder)} --policy-name=${word(grant.name)}`,
    }
  return undefined
}
const groupsOf = (grants: readonly HeldGrant[]): string[] => [
  ...new Set(
    grants.flatMap(({ via, viaName }) => (via === 'group' && viaName !== undefined ? [viaName] : [])),
  ),
]
const outOfGroup = ({ name }: Holder, group: string): Act => ({
  does: `Takes it out of the group ${group}`,
  run: shell`aws iam remove-user-from-group --user-name=${name} --group-name=${group}`,
})

const CREDENTIALS: Readonly<Record<string, (name: string, id: string) => string>> = {
  'aws.access-key': (name, id) => shell`aws iam delete-access-key --user-name=${name} --access-key-id=${id}`,
  'aws.ssh-key': (name, id) =>
    shell`aws iam delete-ssh-public-key --user-name=${name} --ssh-public-key-id=${id}`,
  'aws.signing-certificate': (name, id) =>
    shell`aws iam delete-signing-certificate --user-name=${name} --certificate-id=${id}`,
  'aws.service-credential': (name, id) =>
    shell`aws iam delete-service-specific-credential --user-name=${name} --service-specific-credential-id=${id}`,
  'aws.console-password': (name) => shell`aws iam delete-login-profile --user-name=${name}`,
}

function endActs(known: Removable): Act[] {
  const holder = holderOf(known)
  const { sort, name } = holder
  const credentials = known.credentials.flatMap(({ id, type, name: called }): Act[] => {
    const run = sort === 'user' ? CREDENTIALS[type]?.(name, id) : undefined
    return run === undefined ? [] : [{ does: `Deletes ${called}`, run }]
  })
  return [
    ...credentials,
    // Where it was turned off and looked at since, what denies it everything is seen too: it goes last, and once.
    ...known.grants
      .filter(({ via, name: called }) => via !== 'inline' || called !== OFF)
      .flatMap((grant) => takeAway(holder, grant) ?? []),
    ...(sort === 'user' ? groupsOf(known.grants).map((group) => outOfGroup(holder, group)) : []),
    {
      does: 'Deletes what denied it everything',
      run: `aws iam delete-${sort}-policy ${of(holder)} --policy-name=${OFF}`,
    },
    { does: `Deletes the ${sort}`, run: `aws iam delete-${sort} ${of(holder)}` },
  ]
}

const TERRAFORM = ['aws_iam_user or aws_iam_role', 'the attachments of its policies']

function remove(known: Removable): DraftPlan {
  const holder = holderOf(known)
  if (holder.isService)
    return {
      off: [],
      back: [],
      end: [
        {
          does: 'Asks AWS to delete it, which it does only where its service does not need it any more',
          run: shell`aws iam delete-service-linked-role --role-name=${holder.name}`,
        },
      ],
      terraform: inTerraform('aws_iam_service_linked_role'),
      notes: ['A service of AWS made it for itself. It cannot be turned off.'],
    }
  return {
    off: offActs(known),
    back: backActs(known),
    end: endActs(known),
    terraform: inTerraform(...TERRAFORM),
    notes: [
      holder.sort === 'role'
        ? 'Whether it is in an instance profile is not told here: remove-role-from-instance-profile takes it out of one.'
        : 'Its MFA devices are not told here: deactivate-mfa-device takes one away.',
      'AWS refuses to delete it while anything is attached to it, and says what: nothing is lost by trying.',
    ],
  }
}

function reduce(known: Removable): DraftPlan {
  const holder = holderOf(known)
  const { sort, name } = holder
  const own = known.drops.filter((grant) => takeAway(holder, grant))
  const groups = sort === 'user' ? groupsOf(known.drops) : []
  const others = known.drops.filter((grant) => !own.includes(grant) && grant.via !== 'group')
  const kept = own
    .filter(({ via }) => via === 'inline')
    .map((grant): Act => ({
      does: `Shows ${grant.name}, to be kept until it is certain that nobody needs it`,
      run: `aws iam get-${sort}-policy ${of(holder)} --policy-name=${word(grant.name)}`,
    }))
  return {
    off: [
      ...kept,
      ...own.flatMap((grant) => takeAway(holder, grant) ?? []),
      ...groups.map((one) => outOfGroup(holder, one)),
    ],
    back: [
      ...own
        .filter(({ via }) => via === 'attached')
        .map((grant) => ({
          does: `Gives back ${grant.name}`,
          run: `aws iam attach-${sort}-policy ${of(holder)} --policy-arn=${word(grant.entitlement)}`,
        })),
      ...groups.map((group) => ({
        does: `Puts it into the group ${group} again`,
        run: shell`aws iam add-user-to-group --user-name=${name} --group-name=${group}`,
      })),
    ],
    end: [],
    terraform: inTerraform('the attachments and policies that are taken away'),
    notes: [
      ...(groups.length
        ? ['Out of a group it loses all that the group gives, not only what was named.']
        : []),
      ...leftOut(others, 'it limits rights, or is not held by the identity itself.'),
    ],
  }
}

/** No command: each would have to be run with what proves the root user, which nobody should hand to a shell. */
const ofRoot = (): DraftPlan => ({
  off: [],
  back: [],
  end: [],
  terraform: [],
  notes: [
    'The root user cannot be deleted: it goes with its account. Its access keys can be, and should be.',
    'No command is written for it: IAM lets nobody else delete keys of the root user, and one that is signed with such a key would need the very key that is to go.',
    'Sign in to the console as the root user with its MFA, and delete its keys under Security credentials.',
    'In an organization whose root access is managed centrally, the management account deletes what proves the root users of its members.',
  ],
})

const ROOT = 'aws.root-user'
export const awsRemover: Remover = {
  types: ['aws.iam-user', 'aws.iam-role', ROOT],
  remove: (known) => (known.identity.type === ROOT ? ofRoot() : remove(known)),
  reduce: (known) => (known.identity.type === ROOT ? ofRoot() : reduce(known)),
}
