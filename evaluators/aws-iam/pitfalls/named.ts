// Weak spots of trust in anyone, in other accounts, in services and in principals that are gone.
import { yes, type Answer } from '../../three-valued'
import { arnOf } from '../arn'
import type { AwsAccess } from '../aws-access'
import { contextOf, UNKNOWN } from '../context-keys'
import type { TrustRow } from '../trust'
import { found, letsIn, type Found } from './found'

/** An account, an organization and a role that nobody has: whoever is let in as these is let in as anybody. */
const STRANGER = {
  account: '999999999999',
  'aws:PrincipalArn': 'arn:aws:iam::999999999999:role/zq7-stranger',
  'aws:PrincipalOrgID': 'o-zq7zq7zq7z',
  'aws:PrincipalOrgPaths': 'o-zq7zq7zq7z/r-zq7z/ou-zq7z-zq7zq7zq/',
}
const ASSUME = 'sts:AssumeRole'
const keysOf = ({ statement }: TrustRow): string[] => statement.conditions.map(({ key }) => key)
const cut = (text: string): string => text.slice(0, 120)

/** F15. What a stranger brings is known; an external id, an address and the like are not. */
export function anyone(row: TrustRow, denies: readonly TrustRow[]): Found[] {
  const { account, ...named } = STRANGER
  const given = {
    ...named,
    'aws:PrincipalAccount': account,
    'aws:PrincipalIsAWSService': 'false',
    'aws:SourceAccount': [],
    'aws:SourceArn': [],
  }
  const answer = letsIn(row, denies, { action: ASSUME, context: contextOf(given, UNKNOWN) })
  const keys = keysOf(row)
  const isExcept = row.statement.principals?.except === true
  const whom = isExcept
    ? 'It lets in everybody except those it names: any other account of AWS.'
    : 'It lets in anyone, of any account of AWS.'
  if (answer.value === 'yes')
    return found({ id: 'F15', severity: 'critical', because: [whom, row.statement.words] }, answer)
  const isWeak = keys.length > 0 && keys.every((key) => WEAK.has(key))
  const words = isWeak
    ? `${whom} All that keeps strangers out is ${[...new Set(keys)].join(', ')}, which tells nobody’s account.`
    : whom
  // Such a condition is there to be met by strangers: that it is all there is, is the weakness.
  const certain: Answer = isWeak && answer.value === 'depends' ? yes() : answer
  return found(
    {
      id: 'F15',
      severity: isWeak && keys.includes('aws:sourceip') ? 'medium' : 'high',
      because: [words, row.statement.words],
    },
    certain,
  )
}
/** An external id is known to more than one side, an address is that of many, and a name is chosen by whoever asks. */
const WEAK = new Set([
  'sts:externalid',
  'aws:sourceip',
  'aws:useragent',
  'sts:rolesessionname',
  'aws:securetransport',
])

const OF_ORGANIZATION = /^aws:(principalorgid|principalorgpaths)$/
/** F14. */
export function account(access: AwsAccess, row: TrustRow, denies: readonly TrustRow[]): Found[] {
  const { principal } = row.row
  const own = access.facts.account
  if (own === undefined || principal === own || keysOf(row).some((key) => OF_ORGANIZATION.test(key)))
    return []
  const given = {
    'sts:ExternalId': [],
    'aws:PrincipalAccount': principal,
    'aws:PrincipalIsAWSService': 'false',
  }
  const answer = letsIn(row, denies, { action: ASSUME, context: contextOf(given, UNKNOWN) })
  const isKnown = access.realm.elsewhere.some(({ aliases, id }) =>
    [id, ...aliases].some((name) => arnOf(name)?.account === principal),
  )
  const because = [
    `Account ${principal} is let in without an external id: whoever that account lets may become it.`,
    isKnown
      ? 'The account is collected too, so it may be one’s own.'
      : 'If the account is a vendor’s, another customer of the vendor who learns the name of the role can have it used.',
  ]
  return found({ id: 'F14', severity: isKnown ? 'low' : 'medium', because }, answer)
}

/**
 * Services that use a role on behalf of a resource that somebody names, and for which their guides tell to ask for its
 * account. Source: IAM user guide, "The confused deputy problem", and the guides of the services named in it.
 */
const DEPUTIES = new Set(
  [
    ...[
      'apigateway',
      'appflow',
      'appsync',
      'application-insights',
      'backup',
      'batchoperations.s3',
      'bedrock',
    ],
    ...[
      'bedrock-agentcore',
      'cloudformation',
      'cloudtrail',
      'codebuild',
      'codepipeline',
      'config',
      'datasync',
    ],
    ...[
      'delivery.logs',
      'dms',
      'ecs-tasks',
      'events',
      'export.rds',
      'firehose',
      'forecast',
      'glue',
      'imagebuilder',
    ],
    ...[
      'iot',
      'kendra',
      'kinesisanalytics',
      'lex',
      'lexv2',
      'logs',
      'osis.pipelines',
      'personalize',
      'pipes',
    ],
    ...['rekognition', 's3', 'sagemaker', 'scheduler', 'securitylake', 'ses', 'sns', 'ssm', 'ssm-incidents'],
    ...['states', 'storagegateway', 'transcribe', 'transfer', 'translate', 'vpc-flow-logs', 'workmail'],
  ].map((name) => `${name}.amazonaws.com`),
)
const PODS = /^pods\.eks\./

/** F16, and F13 for pods of EKS. */
export function service(row: TrustRow, denies: readonly TrustRow[], rows: readonly TrustRow[]): Found[] {
  const name = row.row.principal.toLowerCase().replace(/\.cn$/, '')
  if (PODS.test(name))
    return rows.some(({ pod }) => pod)
      ? []
      : found(
          {
            id: 'F13',
            severity: 'low',
            because: [
              'EKS Pod Identity is let in, and no association gives the role to a service account: nobody has it now.',
              'Who gets it is not told by the role: whoever may make an association and pass the role decides.',
            ],
          },
          yes(),
        )
  const global = name.replace(/\.[a-z]{2}(-[a-z]+)+-\d\.amazonaws/, '.amazonaws')
  if (!DEPUTIES.has(global)) return []
  const context = contextOf(
    {
      'aws:PrincipalIsAWSService': 'true',
      'aws:PrincipalServiceName': name,
      'aws:SourceAccount': STRANGER.account,
      'aws:SourceArn': `arn:aws:${name.split('.')[0]}:us-east-1:${STRANGER.account}:zq7`,
      'aws:SourceOrgID': STRANGER['aws:PrincipalOrgID'],
      'aws:SourceOrgPaths': STRANGER['aws:PrincipalOrgPaths'],
      // A secret that the service is told to bring keeps strangers out as well.
      'sts:ExternalId': [],
    },
    UNKNOWN,
  )
  return found(
    {
      id: 'F16',
      severity: 'low',
      because: [
        `${cut(name)} is let in for whomever it acts: the trust asks for neither aws:SourceAccount nor aws:SourceArn.`,
        'Where the service takes a role of another account, a stranger can have it used.',
      ],
    },
    letsIn(row, denies, { action: ASSUME, context }),
  )
}

/** F17. AWS shows the bare id of a principal that was deleted. */
export function gone({ row }: TrustRow): Found[] {
  if (!/^A(ROA|IDA|GPA|NPA)[A-Z0-9]+$/.test(row.principal)) return []
  return found(
    {
      id: 'F17',
      severity: 'low',
      because: [
        `${cut(row.principal)} is the id of a principal that was deleted: nobody comes in by it, not even one made anew under the same name.`,
      ],
    },
    yes(),
  )
}
