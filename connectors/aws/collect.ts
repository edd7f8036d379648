// The AWS connector: one scope per connection, and its streams.
import { defineConnector } from '@/core/connector'
import { RollcallError } from '@/core/errors'
import { valueOf } from '@/core/fact'
import { openClient } from './client'
import { buildProjects } from './collect-builds'
import { clusters } from './collect-clusters'
import {
  accessKeys,
  consoleLogins,
  serverCertificates,
  serviceCredentials,
  signingCertificates,
  sshKeys,
} from './collect-credentials'
import { functions } from './collect-functions'
import { instances } from './collect-instances'
import { instanceProfiles, issuers } from './collect-issuers'
import { lastAccessed } from './collect-last-accessed'
import { organization, resourceControlPolicies, serviceControlPolicies } from './collect-organization'
import { principals } from './collect-principals'
import { credentialReport } from './collect-report'
import { ecsServices } from './collect-services'
import { openDetails } from './import-details'
import { openReport } from './import-report'
import { awsManifest } from './manifest'
import { authorityOf } from './map-joins'
import { sampleTransport } from './sample'
import type { AwsSettings } from './settings'
import { Aliases, Caller } from './shapes'

export default defineConnector<AwsSettings>({
  manifest: awsManifest,
  open: (settings) => openClient(settings),
  async openFile(format, path) {
    if (format === 'aws-authorization-details') return await openDetails(path)
    if (format === 'aws-credential-report') return await openReport(path)
    throw new RollcallError('not-found', `AWS has no import format ${format}.`)
  },
  sample: () => sampleTransport(),
  async *scopes(session) {
    const { Account } = await session.call('sts:GetCallerIdentity', {}, Caller)
    const aliases = await session.ask('iam:ListAccountAliases', {}, Aliases)
    yield {
      nativeId: Account,
      type: 'aws.account',
      name: valueOf(aliases)?.AccountAliases[0] ?? Account,
      authorities: [authorityOf(Account)],
    }
  },
  streams: {
    principals,
    'last-accessed': lastAccessed,
    'instance-profiles': instanceProfiles,
    'access-keys': accessKeys,
    'console-logins': consoleLogins,
    'credential-report': credentialReport,
    'service-credentials': serviceCredentials,
    'ssh-keys': sshKeys,
    'signing-certificates': signingCertificates,
    'server-certificates': serverCertificates,
    issuers,
    organization,
    'service-control-policies': serviceControlPolicies,
    'resource-control-policies': resourceControlPolicies,
    clusters,
    functions,
    instances,
    'ecs-services': ecsServices,
    'build-projects': buildProjects,
  },
})
