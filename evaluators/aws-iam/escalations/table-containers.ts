// Escalations by containers and batch jobs: tasks, services, job definitions, clusters. Data.
import { defined, pass, runner, type Definition, type May, type Runs } from './definition'

const TASKS = ['ecs-tasks.amazonaws.com']
const SERVICES: Runs = { type: 'aws.ecs-service', plural: 'services of ECS' }
const NO_CLUSTERS = 'Which clusters of ECS there are is not collected'
const register: May = { action: 'ecs:RegisterTaskDefinition', at: 'taskDefinition' }
const runTask: May = { action: 'ecs:RunTask', at: 'taskDefinition' }
const startTask: May = { action: 'ecs:StartTask', at: 'taskDefinition' }
const createService: May = { action: 'ecs:CreateService', at: 'service' }
const updateService: May = { action: 'ecs:UpdateService', at: 'service' }
const createCluster: May = { action: 'ecs:CreateCluster', at: 'cluster' }

const tasks: Definition[] = [
  pass({
    id: 'ecs-new-cluster-service',
    title: 'New service with a role on a new cluster',
    services: TASKS,
    then: [createCluster, register, createService],
    from: ['ecs-001'],
  }),
  pass({
    id: 'ecs-new-cluster-task',
    title: 'New task with a role on a new cluster',
    services: TASKS,
    then: [createCluster, register, runTask],
    from: ['ecs-002'],
  }),
  pass({
    id: 'ecs-service',
    title: 'New service with a role',
    services: TASKS,
    then: [register, createService],
    open: NO_CLUSTERS,
    from: ['ecs-003'],
  }),
  pass({
    id: 'ecs-update-service',
    title: 'Another task with a role for a service',
    services: TASKS,
    then: [register],
    onto: { runs: SERVICES, may: [updateService] },
    from: ['service authorization reference, Amazon ECS'],
  }),
  pass({
    id: 'ecs-task',
    title: 'New task with a role',
    services: TASKS,
    then: [register, runTask],
    open: NO_CLUSTERS,
    from: ['ecs-004'],
  }),
  pass({
    id: 'ecs-start-task',
    title: 'New task with a role on an instance',
    services: TASKS,
    then: [register, startTask],
    open: NO_CLUSTERS,
    from: ['ecs-005'],
  }),
  pass({
    id: 'ecs-own-instance',
    title: 'Task with another role on an instance of its own',
    services: TASKS,
    then: [startTask, { action: 'ecs:RegisterContainerInstance', at: 'cluster' }],
    open: 'Which task definitions there are is not collected',
    from: ['ecs-007 (by name)'],
  }),
  pass({
    id: 'ecs-run-override',
    title: 'Task with another role and command',
    services: TASKS,
    then: [runTask],
    open: 'Which task definitions there are is not collected',
    from: ['ecs-008 (by name)'],
  }),
  pass({
    id: 'ecs-start-override',
    title: 'Task with another role on an instance',
    services: TASKS,
    then: [startTask],
    open: 'Which task definitions there are is not collected',
    from: ['ecs-009'],
  }),
  runner({
    id: 'ecs-execute',
    title: 'Command in a task',
    runs: SERVICES,
    may: [
      { action: 'ecs:ExecuteCommand', at: 'task' },
      { action: 'ecs:DescribeTasks', at: 'task' },
    ],
    only: 'ECS Exec is on for the task.',
    from: ['ecs-006'],
  }),
]

const JOB_DEFINITIONS: Runs = { type: 'aws.batch-job-definition', plural: 'job definitions' }
const define: May = { action: 'batch:RegisterJobDefinition', at: 'jobDefinition' }
const submit: May = { action: 'batch:SubmitJob', at: 'jobDefinition' }
const batch: Definition[] = [
  pass({
    id: 'batch-job',
    title: 'New batch job with a role',
    services: TASKS,
    then: [define, submit],
    open: 'Which job queues there are is not collected',
    from: ['batch-001'],
  }),
  runner({
    id: 'batch-submit',
    title: 'Batch job by a definition that has a role',
    runs: JOB_DEFINITIONS,
    may: [submit],
    from: ['batch-002'],
  }),
  pass({
    id: 'batch-environment',
    title: 'New batch job with a role on a new environment',
    services: TASKS,
    then: ['batch:CreateComputeEnvironment', 'batch:CreateJobQueue', define, submit],
    from: ['batch-003'],
  }),
]

const NO_WORKLOAD = 'Whether it can use a service account of a cluster is not told by AWS'
const clusters: Definition[] = [
  pass({
    id: 'eks-pod-identity',
    title: 'Role for a service account of a cluster',
    services: ['pods.eks.amazonaws.com'],
    then: [{ action: 'eks:CreatePodIdentityAssociation', at: 'eksCluster' }],
    open: NO_WORKLOAD,
    from: ['EKS user guide, "EKS Pod Identity"'],
  }),
  pass({
    id: 'eks-pod-identity-update',
    title: 'Another role for a service account of a cluster',
    services: ['pods.eks.amazonaws.com'],
    then: ['eks:UpdatePodIdentityAssociation'],
    open: NO_WORKLOAD,
    from: ['EKS user guide, "EKS Pod Identity"'],
  }),
  defined(
    {
      id: 'eks-access-entry',
      title: 'Administrator of a cluster by an access entry',
      gives: 'It can do everything in the cluster, and so become every service account of it.',
      only: 'The cluster takes access entries.',
      from: ['EKS user guide, "Grant IAM users access to Kubernetes with EKS access entries"'],
    },
    ['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'],
    {
      way: 'cluster',
      may: [{ action: 'eks:CreateAccessEntry', at: 'eksCluster' }, { action: 'eks:AssociateAccessPolicy' }],
    },
  ),
]

export const CONTAINERS: readonly Definition[] = [...tasks, ...batch, ...clusters]
