// What runs in the account as workloads, with the role that each of them runs as.
import { known, unknown, type Fact, type Instant } from '@/core/fact'
import type { Link } from '@/core/join'
import type { Of } from '@/core/observation'
import { dateOf } from './map-identity'
import { accountOf, authorityOf } from './map-joins'
import { functionVariables, instanceVariables, projectVariables, taskVariables } from './map-variables'
import { arnIn } from './regions'
import type { RoleIds } from './role-ids'
import type { Instance, LambdaFunction, Project, Service, TaskDefinition } from './shapes-workloads'

type Workload = Of<'workload'>
/** The role that something runs as, and which one that is now. */
type RunsAs = { arns: readonly (string | null | undefined)[]; ids: RoleIds }

/** A role that is gone, or of another account, is no identity here: it is named, and whoever knows it says more. */
function running({ arns, ids }: RunsAs): Pick<Workload, 'uses' | 'links'> {
  const named = [...new Set(arns.flatMap((arn) => (arn ? [arn] : [])))].sort()
  const links = named.filter((arn) => !ids.has(arn)).map(roleLink)
  return {
    uses: named.flatMap((arn) => ids.get(arn) ?? []).sort(),
    ...(links.length > 0 && { links }),
  }
}

function roleLink(arn: string): Link {
  const account = accountOf(arn)
  return {
    relation: 'declared',
    means: 'this-becomes',
    to: 'aws.arn',
    match: 'exact',
    value: arn,
    ...(account !== undefined && { authority: authorityOf(account) }),
    reason: 'It is set to run as this role.',
  }
}

const notTold = (source: string, what: string): Fact<Instant> => unknown('not-offered', source, what)

/** `arn:aws:lambda:eu-west-1:…` → `eu-west-1` */
const regionOf = (arn: string): string => arn.split(':')[3] ?? ''

type Row = Pick<
  Workload,
  'nativeId' | 'aliases' | 'type' | 'name' | 'createdAt' | 'replicas' | 'plainSecrets'
>
const workload = (row: Row, runs: Pick<Workload, 'uses' | 'links'>): Workload => ({
  kind: 'workload',
  ...row,
  namespace: regionOf(row.nativeId),
  ...runs,
})

export const functionWorkload = (one: LambdaFunction, ids: RoleIds, source: string): Workload =>
  workload(
    {
      nativeId: one.FunctionArn,
      aliases: [],
      type: 'aws.lambda-function',
      name: one.FunctionName,
      createdAt: notTold(source, 'AWS tells when a function was last changed, not when it was made'),
      plainSecrets: functionVariables(one, source),
    },
    running({ arns: [one.Role], ids }),
  )

type Placed = { account: string; region: string; source: string }
/** @param uses the roles that its instance profile hands on */
export const instanceWorkload = (
  { InstanceId, State, Tags }: Instance,
  uses: readonly string[],
  { account, region, source }: Placed,
): Workload =>
  workload(
    {
      nativeId: `${arnIn(region, 'ec2')}${account}:instance/${InstanceId}`,
      aliases: [InstanceId],
      type: 'aws.ec2-instance',
      name: Tags ?? InstanceId,
      createdAt: notTold(source, 'AWS tells when an instance was last started, not when it was made'),
      replicas: known(State.Name === 'running' ? 1 : 0, source),
      plainSecrets: instanceVariables(source),
    },
    { uses: [...uses].sort() },
  )

const lastPart = (arn: string): string => arn.split('/').at(-1) ?? arn
type Runs = { definitions: readonly TaskDefinition[]; ids: RoleIds }
/**
 * Older ARNs leave the cluster out, and two clusters can each have a service of that name.
 * @param sources what told of the service, and of what it runs by
 */
export function serviceWorkload(
  one: Service,
  { definitions, ids }: Runs,
  { source, defined }: { source: string; defined: string },
): Workload {
  const cluster = lastPart(one.clusterArn)
  const id = `${one.serviceArn.split(':').slice(0, 5).join(':')}:service/${cluster}/${one.serviceName}`
  return workload(
    {
      nativeId: id,
      aliases: id === one.serviceArn ? [] : [one.serviceArn],
      type: 'aws.ecs-service',
      name: `${cluster}/${one.serviceName}`,
      createdAt: dateOf(one.createdAt, source, 'createdAt'),
      replicas:
        one.desiredCount == null
          ? unknown('not-offered', source, 'the answer holds no desiredCount')
          : known(one.desiredCount, source),
      plainSecrets: taskVariables(definitions, defined),
    },
    running({ arns: definitions.map(({ taskRoleArn }) => taskRoleArn), ids }),
  )
}

export const projectWorkload = (one: Project, ids: RoleIds, source: string): Workload =>
  workload(
    {
      nativeId: one.arn,
      aliases: [],
      type: 'aws.codebuild-project',
      name: one.name,
      createdAt: dateOf(one.created, source, 'created'),
      plainSecrets: projectVariables(one, source),
    },
    running({ arns: [one.serviceRole], ids }),
  )
