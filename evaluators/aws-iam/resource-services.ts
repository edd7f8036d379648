// Services whose resources can have policies of their own, and those whose resources an organization can cap.
import { RESOURCE_CAPPED } from './catalogue'

/**
 * By the prefix of their actions. Source: IAM user guide, "AWS services that work with IAM", those with yes or partial for
 * resource-based policies; trust policies of roles are judged by themselves.
 */
const WITH_POLICIES = new Set([
  ...[
    'acm-pca',
    'apigateway',
    'aoss',
    'appmesh',
    'backup',
    'bedrock',
    'catalog',
    'cloudtrail',
    'codeartifact',
  ],
  ...['codebuild', 'dynamodb', 'ec2', 'ecr', 'ecr-public', 'elasticfilesystem', 'es', 'events', 'glacier'],
  ...[
    'execute-api',
    'glue',
    'iot',
    'kinesis',
    'kms',
    'lambda',
    'lex',
    'logs',
    'mediastore',
    'network-firewall',
  ],
  ...[
    'omics',
    'outposts',
    'ram',
    'rbin',
    'redshift',
    'redshift-serverless',
    'refactor-spaces',
    'rekognition',
  ],
  ...['route53profiles', 'route53resolver', 's3', 's3-object-lambda', 's3-outposts', 's3express', 's3tables'],
  ...[
    's3vectors',
    'sagemaker',
    'schemas',
    'secretsmanager',
    'serverlessrepo',
    'servicediscovery',
    'ses',
    'signer',
  ],
  ...['sms-voice', 'sns', 'sqs', 'ssm', 'ssm-contacts', 'ssm-incidents', 'vpc-lattice', 'workmail', 'xray'],
])
export const hasResourcePolicies = (service: string): boolean => WITH_POLICIES.has(service)

export const isCappedOnResource = (service: string): boolean => RESOURCE_CAPPED.has(service)
