// Allow-list of what is read of what runs: ids, names and the role. The answers hold environment variables of functions, task
// definitions and build projects, and networks of instances: none of it is named here, so none of it is ever looked at.
import { z } from 'zod'
import { Id, Tag, When } from './shapes'

const Arn = Id.regex(/^arn:[^:]+:[^:]+:[^:]*:\d{12}:.+$/, { error: 'must be an ARN' })
const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? [])

export const RunRole = z.object({ RoleId: Id, Arn: Id })

export const LambdaFunction = z.object({ FunctionArn: Arn, FunctionName: Id, Role: Id })
export type LambdaFunction = z.infer<typeof LambdaFunction>

const Instance = z.object({
  InstanceId: Id,
  State: z.object({ Name: z.string() }),
  IamInstanceProfile: z.object({ Arn: Id, Id }).nullish(),
  /** Only of one tag the value is kept: the name. */
  Tags: listOf(Tag).transform((tags) => tags.find(({ Key }) => Key === 'Name')?.Value || undefined),
})
export type Instance = z.infer<typeof Instance>
export const Reservation = z.object({ Instances: z.array(Instance) })

export const ClusterArn = Arn
export const ServiceArn = Arn
const Service = z.object({
  serviceArn: Arn,
  serviceName: Id,
  clusterArn: Arn,
  status: z.string(),
  createdAt: When.nullish(),
  desiredCount: z.number().int().nonnegative().nullish(),
  taskDefinition: Id.nullish(),
  /** Of services that something else than ECS deploys. */
  taskSets: listOf(z.object({ taskDefinition: Id.nullish() })),
})
export type Service = z.infer<typeof Service>
export const ServicesAnswer = z.object({
  services: z.array(Service),
  failures: listOf(z.object({ arn: Id.nullish(), reason: z.string().nullish() })),
})
export const TaskDefinitionAnswer = z.object({
  taskDefinition: z.object({ taskDefinitionArn: Id, taskRoleArn: z.string().nullish() }),
})

export const ProjectName = Id
const Project = z.object({
  name: Id,
  arn: Arn,
  serviceRole: z.string().nullish(),
  created: When.nullish(),
})
export type Project = z.infer<typeof Project>
export const ProjectsAnswer = z.object({ projects: z.array(Project), projectsNotFound: listOf(Id) })
