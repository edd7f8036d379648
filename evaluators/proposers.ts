// Every platform that can propose least privilege, by its id.
import { awsProposer } from './aws-iam/propose'
import { azureProposer } from './azure/propose'
import { gcpProposer } from './gcp/propose'
import { kubernetesProposer } from './kubernetes/propose'
import type { Proposer } from './proposal'
import { vaultProposer } from './vault/propose'

const PROPOSERS: readonly Proposer[] = [
  awsProposer,
  azureProposer,
  gcpProposer,
  kubernetesProposer,
  vaultProposer,
]

export const proposerOf = (platform: string): Proposer | undefined =>
  PROPOSERS.find((one) => one.platform === platform)
