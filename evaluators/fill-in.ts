// What nobody here can know, and so is not written down: a mark in its place, and what has to stand there.
import type { ProposedFile } from './proposal'

const MEANS = {
  ACCOUNT_ID: 'the number of the account, twelve digits',
  APPLICATION_ID: 'the application (client) id',
  API_AUDIENCE: 'the audience that whoever takes the token asks for; for the API server one of its own',
  APPLICATION_OBJECT_ID: 'the object id of the application registration, not its application (client) id',
  CLUSTER_ISSUER: 'the issuer of the cluster’s tokens, with https://, as its discovery document has it',
  CONTAINER: 'the name of the container that uses the credential',
  CONTEXT: 'the context of the kubeconfig that means this cluster',
  CREATION_STATEMENTS: 'the statements that make an account in this database, with the least rights it needs',
  DATABASE: 'the name of the database connection that the static role has',
  DATABASE_MOUNT: 'the path at which the database engine is mounted',
  EKS_ISSUER: 'the issuer of the cluster’s tokens, without https://',
  ENVIRONMENT: 'the deployment environment that the job names: only who may deploy to it comes in',
  KUBERNETES_MOUNT: 'the path of an auth method of the type kubernetes that is set up for the cluster',
  LOCATION: 'the region in which it is made',
  NAME: 'the name as its source has it: it is not known here, or holds what cannot be typed',
  NAMESPACE: 'the namespace that it runs in',
  OWNER: 'the account or organisation that the repository belongs to',
  OWNER_ID: 'the number of that account or organisation, which is never given out again',
  POLICY: 'the policy that it needs',
  PROJECT: 'the id of the project',
  REGISTRY_ROLE: 'AcrPull to read, or AcrPush to write as well',
  REPOSITORY: 'the repository whose workflow signs in',
  REPOSITORY_ID: 'the number of the repository, which is never given out again',
  RESOURCE_GROUP: 'the resource group in which it is made',
  RESOURCE_ID: 'the id of the resource that the key opens',
  ROLE_PATH: 'the path of the role below auth/',
  SERVICE_ACCOUNT: 'the service account that it runs as, one of its own',
  SERVICE_ACCOUNT_EMAIL: 'the email of the service account',
  STORAGE_ROLE: 'Storage Blob Data Reader, or the role for what it does there',
  SUBJECT: 'the claim sub, whole and exact, as it stands in a token of what signs in',
  TENANT_ID: 'the id of the tenant',
  VAULT_AUDIENCE: 'the audience that the token is made for, chosen for this server alone',
  WORKLOAD: 'the name of what runs',
} as const
type What = keyof typeof MEANS

/** Something to fill in, and what it is. */
export type FillIn = { mark: string; means: string }

export const fillIn = (what: What): string => `FILL_IN_${what}`

const ALL = (Object.keys(MEANS) as What[]).map((what) => ({ mark: fillIn(what), means: MEANS[what] }))
const MARK = /FILL_IN_[A-Z]+(?:_[A-Z]+)*/g

/** What has to be filled in before the files are of use, each once. */
export function marksIn(files: readonly ProposedFile[]): FillIn[] {
  const found = new Set(files.flatMap(({ text }) => text.match(MARK) ?? []))
  return ALL.filter(({ mark }) => found.has(mark))
}
