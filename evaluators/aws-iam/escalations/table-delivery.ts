// Escalations by what builds, deploys and plans: stacks, build projects, deployments, state machines, schedules. Data.
import { pass, runner, type Definition, type May, type Runs } from './definition'

const CLOUDFORMATION = ['cloudformation.amazonaws.com']
const STACKS: Runs = { type: 'aws.cloudformation-stack', plural: 'stacks' }
const onStack = (...actions: string[]): May[] => actions.map((action) => ({ action, at: 'stack' }))
const stacks: Definition[] = [
  pass({
    id: 'cloudformation-create',
    title: 'New stack with a role',
    services: CLOUDFORMATION,
    then: onStack('cloudformation:CreateStack'),
    from: ['cloudformation-001'],
  }),
  runner({
    id: 'cloudformation-update',
    title: 'Another template for a stack',
    runs: STACKS,
    may: onStack('cloudformation:UpdateStack'),
    only: 'The stack has a role of its own.',
    from: ['cloudformation-002'],
  }),
  pass({
    id: 'cloudformation-stack-set',
    title: 'New stack set with a role',
    services: CLOUDFORMATION,
    then: [
      { action: 'cloudformation:CreateStackSet', at: 'stackSet' },
      { action: 'cloudformation:CreateStackInstances', at: 'stackSet' },
    ],
    only: 'The role may assume the role that stack sets run with in the accounts they are for.',
    from: ['cloudformation-003'],
  }),
  pass({
    id: 'cloudformation-stack-set-update',
    title: 'Another template for a stack set',
    services: CLOUDFORMATION,
    then: [{ action: 'cloudformation:UpdateStackSet', at: 'stackSet' }],
    open: 'Which stack sets there are is not collected',
    from: ['cloudformation-004'],
  }),
  runner({
    id: 'cloudformation-change-set',
    title: 'Change set for a stack',
    runs: STACKS,
    may: onStack('cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'),
    only: 'The stack has a role of its own.',
    from: ['cloudformation-005'],
  }),
]

const BUILD = ['codebuild.amazonaws.com']
const PROJECTS: Runs = { type: 'aws.codebuild-project', plural: 'build projects' }
const onProject = (...actions: string[]): May[] => actions.map((action) => ({ action, at: 'project' }))
const builds: Definition[] = [
  pass({
    id: 'codebuild-create',
    title: 'New build project with a role',
    services: BUILD,
    then: onProject('codebuild:CreateProject', 'codebuild:StartBuild'),
    from: ['codebuild-001'],
  }),
  runner({
    id: 'codebuild-start',
    title: 'Build with instructions of its own',
    runs: PROJECTS,
    may: onProject('codebuild:StartBuild'),
    from: ['codebuild-002'],
  }),
  runner({
    id: 'codebuild-start-batch',
    title: 'Batch of builds with instructions of its own',
    runs: PROJECTS,
    may: onProject('codebuild:StartBuildBatch'),
    only: 'The project takes batches of builds.',
    from: ['codebuild-003'],
  }),
  pass({
    id: 'codebuild-create-batch',
    title: 'New build project with a role, for batches',
    services: BUILD,
    then: onProject('codebuild:CreateProject', 'codebuild:StartBuildBatch'),
    from: ['codebuild-004'],
  }),
  pass({
    id: 'codebuild-update',
    title: 'Another role for a build project',
    services: BUILD,
    then: [],
    onto: { runs: PROJECTS, may: onProject('codebuild:UpdateProject', 'codebuild:StartBuild') },
    from: ['PMapper'],
  }),
]

const deployments: Definition[] = [
  runner({
    id: 'codedeploy-deployment',
    title: 'Deployment of its own on instances',
    runs: { type: 'aws.codedeploy-deployment-group', plural: 'deployment groups', throughProfile: true },
    may: ['codedeploy:CreateDeployment', 'codedeploy:RegisterApplicationRevision'],
    from: ['codedeploy-001'],
  }),
  pass({
    id: 'apprunner-create',
    title: 'New App Runner service with a role',
    services: ['tasks.apprunner.amazonaws.com'],
    then: ['apprunner:CreateService'],
    from: ['apprunner-001'],
  }),
  runner({
    id: 'apprunner-update',
    title: 'Another image for an App Runner service',
    runs: { type: 'aws.apprunner-service', plural: 'App Runner services' },
    may: ['apprunner:UpdateService'],
    only: 'The service has a role for what runs in it.',
    from: ['apprunner-002'],
  }),
  pass({
    id: 'imagebuilder-create',
    title: 'Build of an image on an instance with a role',
    services: ['ec2.amazonaws.com'],
    then: ['imagebuilder:CreateComponent', 'imagebuilder:CreateImage'],
    throughProfile: true,
    from: ['imagebuilder-001'],
  }),
]

const STATES = ['states.amazonaws.com']
const onMachine = (...actions: string[]): May[] => actions.map((action) => ({ action, at: 'stateMachine' }))
const plans: Definition[] = [
  pass({
    id: 'stepfunctions-create',
    title: 'New state machine with a role',
    services: STATES,
    then: onMachine('states:CreateStateMachine', 'states:StartExecution'),
    from: ['stepfunctions-001'],
  }),
  runner({
    id: 'stepfunctions-update',
    title: 'Another definition for a state machine',
    runs: { type: 'aws.state-machine', plural: 'state machines' },
    may: onMachine('states:UpdateStateMachine', 'states:StartExecution'),
    from: ['stepfunctions-002'],
  }),
  pass({
    id: 'scheduler-create',
    title: 'Schedule that calls AWS with a role',
    services: ['scheduler.amazonaws.com'],
    then: ['scheduler:CreateSchedule'],
    from: ['scheduler-001'],
  }),
]

export const DELIVERY: readonly Definition[] = [...stacks, ...builds, ...deployments, ...plans]
