// Actions that give out data or secrets that somebody stored.

/**
 * Own choice after the lists DataAccess and CredentialExposure of sensitive_iam_actions (CC0): only what hands out content
 * or a secret by itself, without names, settings and logs of the service, and without what issues sessions (told as steps).
 */
export const SENSITIVE: readonly string[] = [
  ...[
    's3:GetObject',
    's3:GetObjectVersion',
    's3-object-lambda:GetObject',
    's3:GetDataAccess',
    's3express:CreateSession',
  ],
  ...['secretsmanager:GetSecretValue', 'secretsmanager:BatchGetSecretValue'],
  ...['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath', 'ssm:GetParameterHistory'],
  ...['kms:Decrypt', 'acm:ExportCertificate'],
  ...['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:Scan', 'dynamodb:GetRecords'],
  ...['dynamodb:PartiQLSelect', 'dynamodb:ExportTableToPointInTime', 'dax:GetItem', 'dax:Query', 'dax:Scan'],
  ...['rds-data:ExecuteStatement', 'rds-data:BatchExecuteStatement', 'rds-db:connect', 'dsql:DbConnectAdmin'],
  ...[
    'redshift-data:GetStatementResult',
    'redshift:GetClusterCredentials',
    'redshift:GetClusterCredentialsWithIAM',
  ],
  ...['redshift-serverless:GetCredentials', 'athena:GetQueryResults', 'athena:GetQueryResultsStream'],
  ...[
    'cassandra:Select',
    'neptune-db:ReadDataViaQuery',
    'timestream:Select',
    'es:ESHttpGet',
    'aoss:APIAccessAll',
  ],
  ...['kinesis:GetRecords', 'kinesisvideo:GetMedia', 'sqs:ReceiveMessage', 'kafka-cluster:ReadData'],
  ...[
    'ebs:GetSnapshotBlock',
    'elasticfilesystem:ClientMount',
    'ec2:GetPasswordData',
    'ec2:GetConsoleScreenshot',
  ],
  ...['codecommit:GitPull', 'codecommit:GetFile', 'codecommit:GetBlob', 'codeartifact:ReadFromRepository'],
  ...['codeartifact:GetAuthorizationToken', 'ecr:GetDownloadUrlForLayer', 'lambda:GetFunction'],
  ...['logs:GetLogEvents', 'logs:FilterLogEvents', 'logs:GetQueryResults', 'logs:StartLiveTail'],
  ...['cognito-idp:ListUsers', 'cognito-idp:AdminGetUser', 'cognito-idp:DescribeUserPoolClient'],
  ...['cognito-identity:GetCredentialsForIdentity', 'appsync:ListApiKeys', 'apigateway:GET'],
  ...[
    'lightsail:DownloadDefaultKeyPair',
    'lightsail:GetBucketAccessKeys',
    'lightsail:GetInstanceAccessDetails',
  ],
  ...['lightsail:GetRelationalDatabaseMasterUserPassword', 'iam:CreateServiceSpecificCredential'],
  ...['glacier:GetJobOutput', 'backup:GetRecoveryPointRestoreMetadata', 'workmail:GetMailboxDetails'],
  ...['healthlake:ReadResource', 'healthlake:SearchWithGet', 'workdocs:GetDocument', 'mediastore:GetObject'],
]
