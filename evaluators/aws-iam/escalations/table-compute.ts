// Escalations by what computes: functions, instances, sessions on them, batch jobs. Data.
import { pass, runner, type Definition, type May, type Runs } from './definition'

const LAMBDA = ['lambda.amazonaws.com']
const EC2 = ['ec2.amazonaws.com']
const FUNCTIONS: Runs = { type: 'aws.lambda-function', plural: 'functions' }
export const INSTANCES: Runs = { type: 'aws.ec2-instance', plural: 'instances', throughProfile: true }
const onFunction = (...actions: string[]): May[] => actions.map((action) => ({ action, at: 'function' }))
const onInstance = (...actions: string[]): May[] => actions.map((action) => ({ action, at: 'instance' }))
const DOCUMENT = 'document' as const
/** Every one of these is asked for when an instance is started. Source: service authorization reference, Amazon EC2. */
const STARTED: May[] = (['instance', 'interface', 'volume', 'image'] as const).map((at) => ({
  action: 'ec2:RunInstances',
  at,
}))

const functions: Definition[] = [
  pass({
    id: 'lambda-create-invoke',
    title: 'New function with a role, called',
    services: LAMBDA,
    then: onFunction('lambda:CreateFunction', 'lambda:InvokeFunction'),
    from: ['lambda-001'],
  }),
  pass({
    id: 'lambda-create-event',
    title: 'New function with a role, started by an event source',
    services: LAMBDA,
    then: [...onFunction('lambda:CreateFunction'), 'lambda:CreateEventSourceMapping'],
    from: ['lambda-002'],
  }),
  pass({
    id: 'lambda-create-permit',
    title: 'New function with a role, opened to a caller',
    services: LAMBDA,
    then: onFunction('lambda:CreateFunction', 'lambda:AddPermission'),
    from: ['lambda-006'],
  }),
  runner({
    id: 'lambda-code',
    title: 'New code for a function',
    runs: FUNCTIONS,
    may: onFunction('lambda:UpdateFunctionCode'),
    only: 'The function has a role, and something starts it.',
    from: ['lambda-003'],
  }),
  runner({
    id: 'lambda-code-invoke',
    title: 'New code for a function, called',
    runs: FUNCTIONS,
    may: onFunction('lambda:UpdateFunctionCode', 'lambda:InvokeFunction'),
    from: ['lambda-004'],
  }),
  runner({
    id: 'lambda-code-permit',
    title: 'New code for a function, opened to a caller',
    runs: FUNCTIONS,
    may: onFunction('lambda:UpdateFunctionCode', 'lambda:AddPermission'),
    from: ['lambda-005'],
  }),
  runner({
    id: 'lambda-configuration',
    title: 'Another layer or start command for a function',
    runs: FUNCTIONS,
    may: onFunction('lambda:UpdateFunctionConfiguration'),
    only: 'The function has a role, and something starts it.',
    from: ['Rhino AWS-IAM-Privilege-Escalation 26', 'prowler'],
  }),
]

const instances: Definition[] = [
  pass({
    id: 'ec2-run',
    title: 'New instance with a role',
    services: EC2,
    then: STARTED,
    throughProfile: true,
    from: ['ec2-001'],
  }),
  pass({
    id: 'ec2-spot',
    title: 'New spot instance with a role',
    services: EC2,
    then: ['ec2:RequestSpotInstances'],
    throughProfile: true,
    from: ['ec2-003 (2025-12; ec2-004 in newer files)'],
  }),
  runner({
    id: 'ec2-user-data',
    title: 'Another start script for an instance',
    runs: INSTANCES,
    may: onInstance('ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances'),
    from: ['ec2-002'],
  }),
  runner({
    id: 'ec2-launch-template',
    title: 'Another version of a launch template',
    runs: { type: 'aws.ec2-launch-template', plural: 'launch templates', throughProfile: true },
    may: [
      { action: 'ec2:CreateLaunchTemplateVersion', at: 'template' },
      { action: 'ec2:ModifyLaunchTemplate', at: 'template' },
    ],
    from: ['ec2-004 (2025-12; ec2-005 in newer files)'],
  }),
  runner({
    id: 'ec2-instance-connect',
    title: 'Key for a session on an instance',
    runs: INSTANCES,
    may: onInstance('ec2-instance-connect:SendSSHPublicKey'),
    also: ['ec2:DescribeInstances'],
    only: 'The instance can be reached by SSH.',
    from: ['ec2instanceconnect-003 (2025-12; ec2-003 in newer files)'],
  }),
  pass({
    id: 'ec2-attach-profile',
    title: 'Role for an instance that has none',
    services: EC2,
    then: onInstance('ec2:AssociateIamInstanceProfile'),
    throughProfile: true,
    open: 'Whether it can get onto an instance is not collected',
    from: ['PMapper'],
  }),
  pass({
    id: 'ec2-replace-profile',
    title: 'Another role for an instance',
    services: EC2,
    then: onInstance('ec2:ReplaceIamInstanceProfileAssociation'),
    throughProfile: true,
    open: 'Whether it can get onto an instance is not collected',
    from: ['service authorization reference, Amazon EC2'],
  }),
  pass({
    id: 'autoscaling-configuration',
    title: 'New group of instances with a role',
    services: EC2,
    then: ['autoscaling:CreateLaunchConfiguration', 'autoscaling:CreateAutoScalingGroup'],
    throughProfile: true,
    from: ['PMapper', 'prowler'],
  }),
  pass({
    id: 'autoscaling-update',
    title: 'Another launch configuration for a group of instances',
    services: EC2,
    then: ['autoscaling:CreateLaunchConfiguration', 'autoscaling:UpdateAutoScalingGroup'],
    throughProfile: true,
    open: 'Which groups of instances there are is not collected',
    from: ['PMapper', 'prowler'],
  }),
]

const sessions: Definition[] = [
  runner({
    id: 'ssm-session',
    title: 'Session on an instance',
    runs: INSTANCES,
    may: onInstance('ssm:StartSession'),
    only: 'Systems Manager manages the instance.',
    from: ['ssm-001'],
  }),
  runner({
    id: 'ssm-command',
    title: 'Command on an instance',
    runs: INSTANCES,
    may: onInstance('ssm:SendCommand'),
    also: [{ action: 'ssm:SendCommand', at: DOCUMENT }],
    only: 'Systems Manager manages the instance.',
    from: ['ssm-002'],
  }),
  runner({
    id: 'ssm-association',
    title: 'Document that Systems Manager runs on instances',
    runs: INSTANCES,
    may: onInstance('ssm:CreateAssociation'),
    also: [{ action: 'ssm:CreateAssociation', at: DOCUMENT }],
    only: 'Systems Manager manages the instance.',
    from: ['service authorization reference, AWS Systems Manager'],
  }),
  pass({
    id: 'ssm-automation',
    title: 'Automation with a role',
    services: ['ssm.amazonaws.com'],
    then: ['ssm:CreateDocument', 'ssm:StartAutomationExecution'],
    from: ['ssm-003'],
  }),
]

export const COMPUTE: readonly Definition[] = [...functions, ...instances, ...sessions]
