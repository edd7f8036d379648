// Allow-list of what is read of regions, EKS clusters and their associations: names, ids and the issuer. What the answers hold
// of certificates, networks, external ids and tags is never looked at.
import { z } from 'zod'
import { Id, When } from './shapes'

/** It becomes part of the name of a host, so it has to be one. */
export const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/
export const Region = z.object({
  RegionName: z.string().regex(REGION, { error: 'must be a region name' }),
  RegionOptStatus: z.string().nullish(),
})
export type Region = z.infer<typeof Region>

const CLUSTER_NAME_MAX = 100
export const ClusterName = z.string().min(1).max(CLUSTER_NAME_MAX)

export const ClusterAnswer = z.object({
  cluster: z.object({
    name: ClusterName,
    arn: Id,
    createdAt: When.nullish(),
    /** By what it lets AWS identities in: `API`, `CONFIG_MAP`, `API_AND_CONFIG_MAP`. */
    accessConfig: z.object({ authenticationMode: z.string().max(100).nullish() }).nullish(),
    /** Not there while the cluster is being made. */
    identity: z
      .object({
        oidc: z
          .object({
            issuer: z
              .string()
              .max(1000)
              .regex(/^https:\/\/./, { error: 'must be an https URL' })
              .nullish(),
          })
          .nullish(),
      })
      .nullish(),
  }),
})
export type Cluster = z.infer<typeof ClusterAnswer>['cluster']

export const AssociationSummary = z.object({ associationId: Id })

/** What Kubernetes allows for a name. */
const OBJECT_NAME_MAX = 253
const ObjectName = z.string().min(1).max(OBJECT_NAME_MAX)
/** IAM allows about 600; the sentence that names it has to stay one. */
const ROLE_ARN_MAX = 700
const RoleArn = z.string().min(1).max(ROLE_ARN_MAX)
const ASSOCIATION_ARN = /^arn:[^:]+:eks:[^:]+:\d{12}:podidentityassociation\/[^/]+\/[^/]+$/

export const AssociationAnswer = z.object({
  association: z.object({
    associationArn: Id.regex(ASSOCIATION_ARN, { error: 'must be the ARN of an association' }),
    namespace: ObjectName,
    serviceAccount: ObjectName,
    roleArn: RoleArn,
    targetRoleArn: RoleArn.nullish(),
  }),
})
export type Association = z.infer<typeof AssociationAnswer>['association']

/** Access entries are listed by the ARN of whom they let in. */
export const EntryPrincipal = RoleArn
const ENTRY_ARN = /^arn:[^:]+:eks:[^:]+:\d{12}:access-entry\/[^/]+\/.+$/
/** What Kubernetes takes for the name of a user or group. */
const SUBJECT_MAX = 1000
const Subject = z.string().min(1).max(SUBJECT_MAX)

export const AccessEntryAnswer = z.object({
  accessEntry: z.object({
    accessEntryArn: Id.regex(ENTRY_ARN, { error: 'must be the ARN of an access entry' }),
    principalArn: RoleArn,
    username: Subject.nullish(),
    kubernetesGroups: z
      .array(Subject)
      .nullish()
      .transform((groups) => (groups ?? []).toSorted()),
    type: z.string().max(100).nullish(),
    createdAt: When.nullish(),
  }),
})
export type AccessEntry = z.infer<typeof AccessEntryAnswer>['accessEntry']

export const AssociatedPolicy = z.object({
  policyArn: Id,
  accessScope: z.object({
    type: z.string().max(100),
    namespaces: z
      .array(ObjectName)
      .nullish()
      .transform((names) => (names ?? []).toSorted()),
  }),
})
export type AssociatedPolicy = z.infer<typeof AssociatedPolicy>

/** What is asked of a role here: which one it is, and whether it lets EKS in. */
export const PodRole = z.object({
  RoleId: Id,
  RoleName: Id,
  Arn: Id,
  AssumeRolePolicyDocument: z.unknown().optional(),
})
export type PodRole = z.infer<typeof PodRole>
