// The network side: the SDK's clients behind a table of the calls that can be made at all.
import {
  GenerateCredentialReportCommand,
  GetAccessKeyLastUsedCommand,
  GetAccountAuthorizationDetailsCommand,
  GetCredentialReportCommand,
  GetLoginProfileCommand,
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListAccountAliasesCommand,
  ListInstanceProfilesCommand,
  ListOpenIDConnectProvidersCommand,
  ListRolesCommand,
  ListSAMLProvidersCommand,
  ListServerCertificatesCommand,
  ListServiceSpecificCredentialsCommand,
  ListSigningCertificatesCommand,
  ListSSHPublicKeysCommand,
  ListUsersCommand,
  type $Command,
  type IAMClientResolvedConfig,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import type { Transport } from '@/core/upstream'
import { clusterCalls } from './client-clusters'
import { lastAccessedCalls, NoReport } from './client-last-accessed'
import { organizationCalls } from './client-organization'
import { regionCalls } from './client-regions'
import { workloadCalls } from './client-workloads'
import { explain } from './explain'
import { LeftOut } from './left-out'
import type { IamPermissionName } from './permissions'
import type { AwsSettings } from './settings'

type Params = Readonly<Record<string, unknown>>
type Call = (params: Params, signal: AbortSignal) => Promise<unknown>
type IamCommand<I extends ServiceInputTypes, O extends ServiceOutputTypes> = $Command<
  I,
  O,
  IAMClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes
>
export type Timeouts = { connectMs: number; answerMs: number }
/** Below the session's own limit for one call, so that the SDK can say what timed out. */
const TIMEOUTS: Timeouts = { connectMs: 5_000, answerMs: 25_000 }
/** Short sessions are enough: the SDK renews them as long as the run needs. */
const SESSION_SECONDS = 900

/** Credentials by what is set: an access key, else the default chain; and from there into the role. */
function credentials(settings: AwsSettings) {
  const { accessKeyId, secretAccessKey, roleArn, externalId, region, endpoint, profile } = settings
  const own =
    accessKeyId !== undefined && secretAccessKey !== undefined
      ? { accessKeyId, secretAccessKey }
      : fromNodeProviderChain({ clientConfig: { region }, ...(profile !== undefined && { profile }) })
  if (roleArn === undefined) return own
  return fromTemporaryCredentials({
    masterCredentials: own,
    params: {
      RoleArn: roleArn,
      RoleSessionName: 'rollcall-inventory',
      DurationSeconds: SESSION_SECONDS,
      ...(externalId !== undefined && { ExternalId: externalId }),
    },
    clientConfig: { region, ...(endpoint !== undefined && { endpoint }) },
  })
}

function calls(iam: IAMClient, sts: STSClient): Record<IamPermissionName, Call> {
  /** The session gives plain parameters; which of them a command takes is checked by AWS and by the recordings. */
  const of =
    <I extends ServiceInputTypes, O extends ServiceOutputTypes>(
      Command: new (input: I) => IamCommand<I, O>,
    ): Call =>
    (params, abortSignal) =>
      iam.send(new Command(params as I), { abortSignal })
  return {
    'sts:GetCallerIdentity': (_, abortSignal) => sts.send(new GetCallerIdentityCommand({}), { abortSignal }),
    'iam:GetAccountAuthorizationDetails': of(GetAccountAuthorizationDetailsCommand),
    'iam:ListRoles': of(ListRolesCommand),
    'iam:ListUsers': of(ListUsersCommand),
    'iam:ListAccessKeys': of(ListAccessKeysCommand),
    'iam:GetAccessKeyLastUsed': of(GetAccessKeyLastUsedCommand),
    'iam:GenerateCredentialReport': of(GenerateCredentialReportCommand),
    'iam:GetCredentialReport': of(GetCredentialReportCommand),
    'iam:GetPolicy': of(GetPolicyCommand),
    'iam:GetPolicyVersion': of(GetPolicyVersionCommand),
    'iam:GetLoginProfile': of(GetLoginProfileCommand),
    'iam:ListInstanceProfiles': of(ListInstanceProfilesCommand),
    'iam:ListServiceSpecificCredentials': of(ListServiceSpecificCredentialsCommand),
    'iam:ListSSHPublicKeys': of(ListSSHPublicKeysCommand),
    'iam:ListSigningCertificates': of(ListSigningCertificatesCommand),
    'iam:ListServerCertificates': of(ListServerCertificatesCommand),
    'iam:ListOpenIDConnectProviders': of(ListOpenIDConnectProvidersCommand),
    'iam:GetOpenIDConnectProvider': of(GetOpenIDConnectProviderCommand),
    'iam:ListSAMLProviders': of(ListSAMLProvidersCommand),
    'iam:ListAccountAliases': of(ListAccountAliasesCommand),
  }
}

/** Opens the SDK. Signs in with the first call, not before. */
export function openClient(settings: AwsSettings, timeouts: Timeouts = TIMEOUTS): Transport {
  const config = {
    region: settings.region,
    ...(settings.endpoint !== undefined && { endpoint: settings.endpoint }),
    credentials: credentials(settings),
    // The SDK only paces ('adaptive' slows down after a throttling answer). It must not repeat calls itself: the
    // session does, and it counts every attempt, bounds the waits and obeys a cancel.
    retryMode: 'adaptive',
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: timeouts.connectMs,
      requestTimeout: timeouts.answerMs,
      throwOnRequestTimeout: true,
    }),
  }
  const iam = new IAMClient(config)
  const sts = new STSClient(config)
  // The credentials of one client, which renews them, serve all: another role session for each region would be waste.
  const shared = { ...config, credentials: iam.config.credentials }
  const others = [
    lastAccessedCalls(shared, settings.lastAccessedMax),
    organizationCalls(shared),
    regionCalls(shared, settings.clusters || settings.workloads),
    clusterCalls(shared, settings.clusters),
    workloadCalls(shared, settings.workloads),
  ]
  const table = new Map<string, Call>(
    [
      { calls: calls(iam, sts) },
      { calls: lastAccessedCalls(iam, settings.lastAccessedMax) },
      ...others,
    ].flatMap((some) => Object.entries(some.calls)),
  )
  return {
    async send(permission, params, signal) {
      const call = table.get(permission)
      if (!call) throw new Error(`${permission} is not a call of this connector`)
      return await call(params, signal)
    },
    explain: (error) =>
      error instanceof LeftOut || error instanceof NoReport ? error.explanation : explain(error),
    async close() {
      iam.destroy()
      sts.destroy()
      for (const other of others) other.close()
    },
  }
}
