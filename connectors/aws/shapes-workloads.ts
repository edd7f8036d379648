// Allow-list of what is read of what runs: ids, names, the role, and the names of variables. The answers hold values of variables
// of functions, task definitions and build projects, and networks of instances: none of it is named here or let through, so none
// of it is ever looked at.
import { z } from 'zod'
import { Id, Tag, When } from './shapes'

const Arn = Id.regex(/^arn:[^:]+:[^:]+:[^:]*:\d{12}:.+$/, { error: 'must be an ARN' })
const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? [])

export const RunRole = z.object({ RoleId: Id, Arn: Id })

/** Names of variables, of a map from names to values: whatever the values are, nothing of them comes out. */
const Names = z
  .record(
    z.string(),
    z.unknown().transform(() => undefined),
  )
  .transform((variables) => Object.keys(variables))
export const LambdaFunction = z.object({
  FunctionArn: Arn,
  FunctionName: Id,
  Role: Id,
  /** Left out of the answer where there are none. */
  Environment: z
    .object({
      Variables: Names.nullish(),
      /** Instead of variables, as where whoever asks may not use the key they are encrypted with. Its text is not read. */
      Error: z.object({ ErrorCode: z.string().nullish() }).nullish(),
    })
    .nullish(),
})
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
/** Without `value`, and without `secrets`, which only say where one is kept. */
const ContainerDefinition = z.object({
  environment: listOf(z.object({ name: z.string().nullish() })),
  environmentFiles: listOf(z.object({})),
})
const TaskDefinition = z.object({
  taskDefinitionArn: Id,
  taskRoleArn: z.string().nullish(),
  containerDefinitions: z.array(ContainerDefinition).nullish(),
})
export type TaskDefinition = z.infer<typeof TaskDefinition>
export const TaskDefinitionAnswer = z.object({ taskDefinition: TaskDefinition })

export const ProjectName = Id
const Project = z.object({
  name: Id,
  arn: Arn,
  serviceRole: z.string().nullish(),
  created: When.nullish(),
  environment: z
    .object({ environmentVariables: listOf(z.object({ name: z.string(), type: z.string().nullish() })) })
    .nullish(),
})
export type Project = z.infer<typeof Project>
export const ProjectsAnswer = z.object({ projects: z.array(Project), projectsNotFound: listOf(Id) })
