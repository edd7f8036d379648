// Allow-list of what is read of regions, EKS clusters and their associations: names, ids and the issuer. What the answers hold
// of certificates, networks, external ids and tags is never looked at.
import { z } from 'zod'
import { Id, When } from './shapes'

/** It becomes part of the name of a host, so it has to be one. */
export const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/
export const Region = z.object({ RegionName: z.string().regex(REGION, { error: 'must be a region name' }) })

const CLUSTER_NAME_MAX = 100
export const ClusterName = z.string().min(1).max(CLUSTER_NAME_MAX)

export const ClusterAnswer = z.object({
  cluster: z.object({
    name: ClusterName,
    arn: Id,
    createdAt: When.nullish(),
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

/** What is asked of a role here: which one it is, and whether it lets EKS in. */
export const PodRole = z.object({
  RoleId: Id,
  RoleName: Id,
  Arn: Id,
  AssumeRolePolicyDocument: z.unknown().optional(),
})
export type PodRole = z.infer<typeof PodRole>
