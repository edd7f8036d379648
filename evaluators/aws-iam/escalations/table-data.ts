// Escalations by what works on data: pipelines, notebooks, training, analytics, agents. Data.
import { pass, runner, type Definition, type May, type Runs } from './definition'

const GLUE = ['glue.amazonaws.com']
const ENDPOINT = 'devEndpoint' as const
const onJob = (...actions: string[]): May[] => actions.map((action) => ({ action, at: 'glueJob' }))
const NO_JOBS = 'Which jobs of Glue there are is not collected'
const glue: Definition[] = [
  pass({
    id: 'glue-endpoint-create',
    title: 'New development endpoint with a role',
    services: GLUE,
    then: [{ action: 'glue:CreateDevEndpoint', at: ENDPOINT }],
    from: ['glue-001'],
  }),
  runner({
    id: 'glue-endpoint-update',
    title: 'Key for a session on a development endpoint',
    runs: { type: 'aws.glue-dev-endpoint', plural: 'development endpoints' },
    may: [{ action: 'glue:UpdateDevEndpoint', at: ENDPOINT }],
    from: ['glue-002'],
  }),
  pass({
    id: 'glue-job-start',
    title: 'New job with a role, started',
    services: GLUE,
    then: onJob('glue:CreateJob', 'glue:StartJobRun'),
    from: ['glue-003'],
  }),
  pass({
    id: 'glue-job-trigger',
    title: 'New job with a role, started by a trigger',
    services: GLUE,
    then: [...onJob('glue:CreateJob'), 'glue:CreateTrigger'],
    from: ['glue-004'],
  }),
  pass({
    id: 'glue-job-update-start',
    title: 'Another role and script for a job, started',
    services: GLUE,
    then: onJob('glue:UpdateJob', 'glue:StartJobRun'),
    open: NO_JOBS,
    from: ['glue-005'],
  }),
  pass({
    id: 'glue-job-update-trigger',
    title: 'Another role and script for a job, started by a trigger',
    services: GLUE,
    then: [...onJob('glue:UpdateJob'), 'glue:CreateTrigger'],
    open: NO_JOBS,
    from: ['glue-006'],
  }),
  pass({
    id: 'glue-session',
    title: 'Interactive session with a role',
    services: GLUE,
    then: [
      { action: 'glue:CreateSession', at: 'glueSession' },
      { action: 'glue:RunStatement', at: 'glueSession' },
    ],
    from: ['glue-007'],
  }),
]

const SAGEMAKER = ['sagemaker.amazonaws.com']
const NOTEBOOKS: Runs = { type: 'aws.sagemaker-notebook', plural: 'notebooks' }
const onNotebook = (...actions: string[]): May[] => actions.map((action) => ({ action, at: 'notebook' }))
const learning: Definition[] = [
  pass({
    id: 'sagemaker-notebook-create',
    title: 'New notebook with a role',
    services: SAGEMAKER,
    then: onNotebook('sagemaker:CreateNotebookInstance'),
    from: ['sagemaker-001'],
  }),
  pass({
    id: 'sagemaker-training',
    title: 'Training job with a role',
    services: SAGEMAKER,
    then: ['sagemaker:CreateTrainingJob'],
    from: ['sagemaker-002'],
  }),
  pass({
    id: 'sagemaker-processing',
    title: 'Processing job with a role',
    services: SAGEMAKER,
    then: ['sagemaker:CreateProcessingJob'],
    from: ['sagemaker-003'],
  }),
  runner({
    id: 'sagemaker-notebook-open',
    title: 'Session in a notebook',
    runs: NOTEBOOKS,
    may: onNotebook('sagemaker:CreatePresignedNotebookInstanceUrl'),
    from: ['sagemaker-004'],
  }),
  runner({
    id: 'sagemaker-notebook-lifecycle',
    title: 'Start script for a notebook',
    runs: NOTEBOOKS,
    may: onNotebook(
      'sagemaker:StopNotebookInstance',
      'sagemaker:UpdateNotebookInstance',
      'sagemaker:StartNotebookInstance',
    ),
    also: ['sagemaker:CreateNotebookInstanceLifecycleConfig'],
    from: ['sagemaker-005'],
  }),
  pass({
    id: 'braket-job',
    title: 'Quantum job with a role',
    services: ['braket.amazonaws.com'],
    then: ['braket:CreateJob'],
    from: ['braket-001'],
  }),
  pass({
    id: 'omics-run',
    title: 'Workflow of genomics with a role',
    services: ['omics.amazonaws.com'],
    then: ['omics:CreateWorkflow', 'omics:StartRun'],
    from: ['omics-001'],
  }),
]

const AGENTS = ['bedrock-agentcore.amazonaws.com']
const [startInterpreter, useInterpreter] = [
  'bedrock-agentcore:StartCodeInterpreterSession',
  'bedrock-agentcore:InvokeCodeInterpreter',
]
const [startBrowser, useBrowser] = [
  'bedrock-agentcore:StartBrowserSession',
  'bedrock-agentcore:ConnectBrowserAutomationStream',
]
const command = 'bedrock-agentcore:InvokeAgentRuntimeCommand'
const agents: Definition[] = [
  pass({
    id: 'bedrock-interpreter-create',
    title: 'New code interpreter with a role',
    services: AGENTS,
    then: ['bedrock-agentcore:CreateCodeInterpreter', startInterpreter, useInterpreter],
    from: ['bedrock-001'],
  }),
  runner({
    id: 'bedrock-interpreter-use',
    title: 'Code in a code interpreter',
    runs: { type: 'aws.bedrock-code-interpreter', plural: 'code interpreters' },
    may: [startInterpreter, useInterpreter],
    only: 'The interpreter has a role of its own.',
    from: ['bedrock-002'],
  }),
  pass({
    id: 'bedrock-runtime-create',
    title: 'New agent runtime with a role',
    services: AGENTS,
    then: ['bedrock-agentcore:CreateAgentRuntime', command],
    from: ['bedrock-003 (by name)'],
  }),
  runner({
    id: 'bedrock-runtime-command',
    title: 'Command in an agent runtime',
    runs: { type: 'aws.bedrock-agent-runtime', plural: 'agent runtimes' },
    may: [command],
    only: 'The runtime is asked by IAM and not by tokens of others.',
    from: ['bedrock-004'],
  }),
  pass({
    id: 'bedrock-harness-create',
    title: 'New agent harness with a role',
    services: AGENTS,
    then: ['bedrock-agentcore:CreateHarness', command],
    from: ['bedrock-005 (by name)'],
  }),
  pass({
    id: 'bedrock-browser-create',
    title: 'New browser with a role',
    services: AGENTS,
    then: ['bedrock-agentcore:CreateBrowser', startBrowser, useBrowser],
    from: ['bedrock-006 (by name)'],
  }),
  runner({
    id: 'bedrock-browser-use',
    title: 'Session in a browser with a role',
    runs: { type: 'aws.bedrock-browser', plural: 'browsers' },
    may: [startBrowser, useBrowser],
    only: 'The browser has a role of its own.',
    from: ['bedrock-007'],
  }),
]

const EMR = ['ec2.amazonaws.com', 'elasticmapreduce.amazonaws.com']
const pipelines: Definition[] = [
  pass({
    id: 'datapipeline-create',
    title: 'New pipeline with a role',
    services: ['datapipeline.amazonaws.com', 'elasticmapreduce.amazonaws.com'],
    then: [
      'datapipeline:CreatePipeline',
      'datapipeline:PutPipelineDefinition',
      'datapipeline:ActivatePipeline',
    ],
    only: 'The account used AWS Data Pipeline before it was closed to new customers.',
    from: ['datapipeline-001'],
  }),
  pass({
    id: 'emr-run',
    title: 'New EMR cluster with a role',
    services: EMR,
    then: ['elasticmapreduce:RunJobFlow'],
    from: ['emr-001'],
  }),
  pass({
    id: 'emrserverless-run',
    title: 'Serverless EMR job with a role',
    services: ['emr-serverless.amazonaws.com'],
    then: ['emr-serverless:CreateApplication', 'emr-serverless:StartJobRun'],
    from: ['emrserverless-001'],
  }),
  pass({
    id: 'kinesisanalytics-create',
    title: 'New stream application with a role',
    services: ['kinesisanalytics.amazonaws.com'],
    then: ['kinesisanalytics:CreateApplication', 'kinesisanalytics:StartApplication'],
    from: ['kinesisanalytics-001'],
  }),
  pass({
    id: 'gamelift-create',
    title: 'New fleet of game servers with a role',
    services: ['gamelift.amazonaws.com'],
    then: ['gamelift:CreateBuild', 'gamelift:RequestUploadCredentials', 'gamelift:CreateFleet'],
    from: ['gamelift-001'],
  }),
]

export const DATA: readonly Definition[] = [...glue, ...learning, ...agents, ...pipelines]
