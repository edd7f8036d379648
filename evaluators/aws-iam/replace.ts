// What takes the place of a user's access key, SSH key or service credential: a role, assumed by a token, a machine or a certificate.
// Source: IAM user guide, "Create a role for OpenID Connect federation", "Roles Anywhere"; EKS user guide, "IAM roles for service accounts".
import { issuerOf } from '../federation/width'
import { ofAccount, ofWorkflow, subjectAt, type Subject } from '../federation/subjects'
import { fillIn } from '../fill-in'
import { block, reference, type HclValue } from '../hcl'
import {
  ALIKE_MAX,
  inWords,
  stepsOf,
  usedBy,
  wordsOnly,
  type Consumer,
  type DraftWay,
  type Replaceable,
  type Replacer,
  type Vouching,
} from '../replacement'
import { yaml } from '../yaml'
import {
  hclFile,
  placeOf,
  rightsNotes,
  roleArn,
  roleBlocks,
  roleName,
  trustPolicy,
  type Condition,
} from './replace-role'

const AUDIENCE = 'sts.amazonaws.com'
const GITHUB = 'token.actions.githubusercontent.com'
const MADE = 'rollcall_issuer'

/** A provider that the account has, or one that has to be made. */
type Provider = { host: string; arn: HclValue; audience: string; says: Subject; made: boolean }

const isProvider = ({ type }: Vouching): boolean => type === 'aws.oidc-provider'
/** Where the provider takes other audiences, one of these is asked for: any other would let nobody in. */
const audienceOf = ({ audiences }: Vouching): string =>
  audiences?.length && !audiences.includes(AUDIENCE) ? (audiences[0] ?? AUDIENCE) : AUDIENCE
const seen = (one: Vouching): Provider => ({
  host: one.name,
  arn: one.id,
  audience: audienceOf(one),
  says: subjectAt(one.name),
  made: false,
})
const unseen = (host: string, says: Subject): Provider => ({
  host,
  says,
  arn: reference(`aws_iam_openid_connect_provider.${MADE}.arn`),
  audience: AUDIENCE,
  made: true,
})

const servedBy = (known: Replaceable, id: string): Provider[] =>
  known.issuers
    .filter((one) => isProvider(one) && issuerOf(one.name)?.id === id)
    .slice(0, ALIKE_MAX)
    .map(seen)

/** AWS reads this claim in its commercial regions only. */
function conditionOf(known: Replaceable, { host, audience, says }: Provider): Condition {
  const { subject, number } = says
  const isRead = number && host === GITHUB && placeOf(known).partition === 'aws'
  return {
    [`${host}:aud`]: audience,
    [`${host}:sub`]: subject,
    ...(isRead && { [`${host}:${number.claim}`]: number.value }),
  }
}

function roleFile(known: Replaceable, way: string, provider: Provider) {
  const trust = trustPolicy(
    { Federated: provider.arn },
    'sts:AssumeRoleWithWebIdentity',
    conditionOf(known, provider),
  )
  const issuer = block(
    'resource',
    ['aws_iam_openid_connect_provider', MADE],
    ['url', `https://${provider.host}`],
    ['client_id_list', [provider.audience]],
  )
  return hclFile('main.tf', ...(provider.made ? [issuer] : []), ...roleBlocks(known, way, trust))
}

const providerNotes = ({ host, made, audience }: Provider): string[] => [
  ...(made
    ? [
        `No provider for ${host.startsWith('FILL_IN') ? 'the cluster' : inWords(host)} was seen in the account, so one is made. An account can have it once: where there is one, leave the first block out and name its ARN.`,
      ]
    : []),
  ...(audience === AUDIENCE
    ? []
    : [`The provider takes other audiences than ${AUDIENCE}: ask for the token with ${inWords(audience)}.`]),
]

const byWorkflow = (known: Replaceable): DraftWay[] => {
  const found = servedBy(known, 'github')
  return (found.length ? found.slice(0, 1) : [unseen(GITHUB, ofWorkflow)]).map((provider) => ({
    id: 'pipeline',
    title: 'A role that one workflow of one repository assumes by its token',
    fits: 'A pipeline of GitHub Actions uses it.',
    files: [roleFile(known, 'pipeline', provider)],
    steps: stepsOf(
      known,
      'Apply main.tf. It changes nothing of the user, whose credential goes on working.',
      'Give the job the permission id-token: write, and let it sign in as the role. It needs no secret any more.',
    ),
    notes: [...provider.says.notes, ...providerNotes(provider), ...rightsNotes(known)],
  }))
}

function byAccount(known: Replaceable): DraftWay[] {
  const found = servedBy(known, 'kubernetes')
  return (found.length ? found : [unseen(fillIn('EKS_ISSUER'), ofAccount)]).map((provider, at) => {
    const way = at ? `pods-${at + 1}` : 'pods'
    return {
      id: way,
      title: `A role that one service account of ${provider.made ? 'a cluster of EKS' : inWords(provider.host)} assumes`,
      fits: 'It is used in a cluster of EKS.',
      files: [
        roleFile(known, way, provider),
        { name: 'service-account.yaml', language: 'yaml', text: accountText(known, way) },
      ],
      steps: stepsOf(
        known,
        'Apply main.tf, then service-account.yaml; where the service account is there already, add the annotation only.',
        'Let the pods run as the service account, without the credential among their variables and Secrets: it would be taken first. Start them anew.',
      ),
      notes: [
        ...provider.says.notes,
        ...providerNotes(provider),
        ...usedBy(known, isPod),
        'EKS Pod Identity is another way to the same: one association in place of provider and annotation.',
        ...rightsNotes(known),
      ],
    }
  })
}
const isPod = ({ type }: Consumer): boolean => type.startsWith('kubernetes.')
const accountText = (known: Replaceable, way: string): string =>
  yaml({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name: fillIn('SERVICE_ACCOUNT'),
      namespace: fillIn('NAMESPACE'),
      annotations: { 'eks.amazonaws.com/role-arn': roleArn(known, way) },
    },
  })

/** Others that the account knows: which subjects they write is in their tokens. */
const byOthers = (known: Replaceable): DraftWay[] =>
  known.issuers
    .filter((one) => isProvider(one) && !['github', 'kubernetes'].includes(issuerOf(one.name)?.id ?? ''))
    .slice(0, ALIKE_MAX)
    .map(seen)
    .map((provider, at) => ({
      id: `issuer-${at + 1}`,
      title: `A role that one subject of ${inWords(provider.host)} assumes by its token`,
      fits: `What uses it gets tokens of ${inWords(provider.host)}, which the account has a provider for.`,
      files: [roleFile(known, `issuer-${at + 1}`, provider)],
      steps: stepsOf(
        known,
        'Apply main.tf. It changes nothing of the user, whose credential goes on working.',
        'Let what uses it ask its issuer for a token with this audience, and assume the role with it.',
      ),
      notes: [...provider.says.notes, ...providerNotes(provider), ...rightsNotes(known)],
    }))

type Runner = { way: string; service: string; type: string; words: string; places: boolean }
const RUNNERS: readonly Runner[] = [
  {
    way: 'machine',
    service: 'ec2.amazonaws.com',
    type: 'aws.ec2-instance',
    words: 'an instance',
    places: false,
  },
  {
    way: 'function',
    service: 'lambda.amazonaws.com',
    type: 'aws.lambda-function',
    words: 'a function',
    places: false,
  },
  {
    way: 'task',
    service: 'ecs-tasks.amazonaws.com',
    type: 'aws.ecs-service',
    words: 'a task of ECS',
    places: true,
  },
  {
    way: 'build',
    service: 'codebuild.amazonaws.com',
    type: 'aws.codebuild-project',
    words: 'a build project',
    places: true,
  },
]

/** Where a service acts for others too, it is asked for which account it does. */
function runnerFile(known: Replaceable, { way, service, places }: Runner) {
  const equals: Condition = places ? { 'aws:SourceAccount': placeOf(known).account } : {}
  const trust = trustPolicy({ Service: service }, 'sts:AssumeRole', equals)
  const label = roleName(known, way).replaceAll('-', '_')
  const profile = block(
    'resource',
    ['aws_iam_instance_profile', label],
    ['name', roleName(known, way)],
    ['role', reference(`aws_iam_role.${label}.name`)],
  )
  return hclFile(
    `${way}.tf`,
    ...roleBlocks(known, way, trust),
    ...(service.startsWith('ec2.') ? [profile] : []),
  )
}

function byRunner(known: Replaceable): DraftWay {
  const used = RUNNERS.filter(({ type }) => known.consumers.some((one) => one.type === type))
  const runners = used.length ? used : RUNNERS.slice(0, 3)
  return {
    id: 'machine',
    title: 'A role of what it runs on: instance, function or task',
    fits: `${used.length ? 'What is known to use it runs on AWS' : 'It is used on AWS itself'}: ${runners.map(({ words }) => words).join(', ')}.`,
    files: runners.map((one) => runnerFile(known, one)),
    steps: stepsOf(
      known,
      ...(runners.length > 1 ? ['Take the one file that fits, and leave the others.'] : []),
      'Apply it, and let the instance (by the instance profile), function, task or project run as the role.',
      'Take the credential out of its variables and files: the libraries of AWS would go on using it first.',
    ),
    notes: [
      ...usedBy(known, ({ type }) => used.some((one) => one.type === type)),
      'Whoever may start something as this role has it: who may pass it on is decided by iam:PassRole.',
      ...rightsNotes(known),
    ],
  }
}

const anywhere = (known: Replaceable): DraftWay => ({
  id: 'anywhere',
  title: 'IAM Roles Anywhere: a role for what has a certificate of your own authority',
  fits: 'It is used on a machine outside of AWS, and nothing there vouches for it by tokens.',
  files: [],
  steps: wordsOnly(
    known,
    'Make a trust anchor for the certificate authority that gives the machine its certificate, and let certificates live briefly.',
    'Let a role trust rolesanywhere.amazonaws.com, under aws:SourceArn equal to the ARN of the trust anchor, and under aws:PrincipalTag/x509Subject/CN equal to the name in this one certificate.',
    'Make a profile with this role alone, and let the machine sign in by the signing helper of AWS.',
  ),
  notes: [
    'No configuration is made for it: authority, names and lifetimes are your own.',
    'Without the condition on the name every certificate of the authority comes in.',
    ...rightsNotes(known),
  ],
})

const NOTES: Readonly<Record<string, readonly string[]>> = {
  'aws.ssh-key': [
    'An SSH key of a user opens repositories of CodeCommit: with a role, git signs in by git-remote-codecommit or the credential helper of AWS.',
  ],
  'aws.service-credential': [
    'With a role the service is asked with signed requests: CodeCommit by git-remote-codecommit, Keyspaces by the SigV4 plugin of the driver, others by the libraries of AWS.',
  ],
}

export const awsReplacer: Replacer = {
  types: ['aws.access-key', 'aws.ssh-key', 'aws.service-credential'],
  replace: (known) =>
    [...byWorkflow(known), ...byAccount(known), byRunner(known), ...byOthers(known), anywhere(known)].map(
      (way) => ({ ...way, notes: [...(NOTES[known.credential.type] ?? []), ...way.notes] }),
    ),
}
