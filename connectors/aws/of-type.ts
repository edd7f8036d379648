// What holds of every thing of a type in AWS, whichever it is.
import type { OfType } from '@/core/connector'

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles */
const TEMPORARY =
  'a role with temporary credentials: of the machine or function it runs on, by OIDC federation, or by IAM Roles Anywhere'
/**
 * A deleted role or user is shown by its unique id.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles
 */
const GONE = ['AROA*', 'AIDA*']

export const ofType: Readonly<Record<string, OfType>> = {
  'aws.iam-role': { own: true, closed: true, gone: GONE },
  'aws.iam-user': { own: true, closed: true, trustless: true },
  'aws.root-user': { own: true, closed: true, trustless: true },
  'aws.access-key': { alternative: TEMPORARY, toldBy: ['access-keys', 'credential-report'] },
  'aws.ssh-key': { alternative: TEMPORARY, toldBy: ['ssh-keys'] },
  'aws.service-credential': { alternative: TEMPORARY, toldBy: ['service-credentials'] },
  'aws.console-password': { signsIn: true, toldBy: ['console-logins', 'credential-report'] },
  'aws.signing-certificate': { toldBy: ['signing-certificates', 'credential-report'] },
  'aws.instance-profile': { handsOn: true },
  // Tasks of ECS that no service keeps running are not read, so its services tell nothing of what is not there.
  'aws.lambda-function': { runBy: ['lambda.amazonaws.com'] },
  'aws.ec2-instance': { runBy: ['ec2.amazonaws.com'] },
  'aws.codebuild-project': { runBy: ['codebuild.amazonaws.com'] },
}
