// What is taken from each answer of IAM, the hierarchy and the directory. Everything else is dropped unread.
import { z } from 'zod'
import { Expression, Free, Id, Labels, MaybeWhen, Texts, When } from './values'

const NextPage = z.string().nullish()
/** A page of a list. The list itself has to be there. */
export const pageOf = <K extends string, T extends z.ZodType>(key: K, item: T) =>
  z.object({ nextPageToken: NextPage, [key]: z.array(item) }).transform((page) => {
    const { nextPageToken, ...lists } = page as Record<string, unknown>
    return { items: lists[key] as z.output<T>[], nextPageToken: nextPageToken as string | null | undefined }
  })
export type Page<T> = { items: T[]; nextPageToken: string | null | undefined }

export const SignedIn = z.object({ method: z.string(), resources: z.array(z.string()).min(1) })

/** The folder or organisation that something lies in, where the answer tells it in a form that is known. */
const Parent = z
  .string()
  .nullish()
  .transform((text) => (text && /^(folders|organizations)\/\d{1,30}$/.test(text) ? text : undefined))
export const Node = z.object({ name: Id, displayName: Free, parent: Parent })
export type Node = z.infer<typeof Node>
const ProjectFields = z.object({
  // By its number; a file may not tell it, and then has the id there.
  name: z.string().regex(/^projects\/[^/]+$/),
  projectId: Id,
  displayName: Free,
  labels: Labels,
  state: z.string(),
  parent: Parent,
})
export const Project = ProjectFields.transform(({ name, ...rest }) => ({
  ...rest,
  number: name.slice('projects/'.length),
}))
export type Project = z.infer<typeof Project>

export const Account = z.object({
  name: Id,
  uniqueId: z.string().regex(/^\d+$/),
  email: Id,
  displayName: Free,
  description: Free,
  disabled: z.boolean().nullish(),
  oauth2ClientId: z.string().nullish(),
})
export type Account = z.infer<typeof Account>

/** The key itself is only in the answer to making one; what else could hold one is not taken. */
export const AccountKey = z.object({
  name: Id,
  keyType: z.string(),
  keyOrigin: z.string().nullish(),
  keyAlgorithm: z.string().nullish(),
  validAfterTime: When,
  validBeforeTime: MaybeWhen,
  disabled: z.boolean().nullish(),
  disableReason: z.string().nullish(),
  /** What stays true of it, even where somebody enabled it again. */
  extendedStatus: z.array(z.object({ key: z.string().nullish() })).nullish(),
})
export type AccountKey = z.infer<typeof AccountKey>
export const AccountKeys = z.object({ keys: z.array(AccountKey) })

export const HmacKey = z.object({
  accessId: Id,
  serviceAccountEmail: Id,
  state: z.string(),
  timeCreated: When,
})
export type HmacKey = z.infer<typeof HmacKey>

export const Condition = z.object({ title: Free, description: Free, expression: Expression })
export type Condition = z.infer<typeof Condition>
export const Binding = z.object({
  role: Id,
  members: z.array(Id).default([]),
  condition: Condition.nullish(),
})
export type Binding = z.infer<typeof Binding>
export const Policy = z.object({ bindings: z.array(Binding) })
export const FoundPolicy = z.object({ resource: Id, assetType: z.string().nullish(), policy: Policy })
export type FoundPolicy = z.infer<typeof FoundPolicy>

export const Role = z.object({
  name: Id,
  title: Free,
  stage: z.string().nullish(),
  deleted: z.boolean().nullish(),
  includedPermissions: z.array(z.string()).default([]),
})
export type Role = z.infer<typeof Role>
/** Asked for by itself: the permissions have to be there. */
export const OneRole = Role.extend({ includedPermissions: z.array(z.string()) })

export const Pool = z.object({
  name: Id,
  displayName: Free,
  state: z.string().nullish(),
  disabled: z.boolean().nullish(),
  mode: z.string().nullish(),
})
export type Pool = z.infer<typeof Pool>
export const Provider = z.object({
  name: Id,
  displayName: Free,
  state: z.string().nullish(),
  disabled: z.boolean().nullish(),
  attributeMapping: z
    .record(z.string(), z.string())
    .nullish()
    .transform((all) => Object.fromEntries(Object.entries(all ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)))),
  attributeCondition: Expression,
  oidc: z.object({ issuerUri: z.string().min(1), allowedAudiences: Texts }).nullish(),
  aws: z.object({ accountId: z.string().regex(/^\d{12}$/) }).nullish(),
  saml: z.object({}).nullish(),
  x509: z.object({}).nullish(),
})
export type Provider = z.infer<typeof Provider>

export const DenyPolicyName = z.object({ name: Id })
export const DenyPolicy = z.object({
  name: Id,
  uid: Id,
  displayName: Free,
  rules: z.array(
    z.object({
      denyRule: z
        .object({
          deniedPrincipals: Texts,
          exceptionPrincipals: Texts,
          deniedPermissions: Texts,
          exceptionPermissions: Texts,
          denialCondition: Condition.nullish(),
        })
        .nullish(),
    }),
  ),
})
export type DenyPolicy = z.infer<typeof DenyPolicy>
export const Boundary = z.object({
  name: Id,
  uid: Id,
  displayName: Free,
  details: z
    .object({
      enforcementVersion: z.string().nullish(),
      rules: z.array(z.object({ effect: z.string(), resources: Texts, description: Free })).default([]),
    })
    .nullish(),
})
export type Boundary = z.infer<typeof Boundary>
export const PolicyBinding = z.object({
  name: Id,
  uid: Id,
  displayName: Free,
  policy: z.string(),
  policyUid: z.string().nullish(),
  policyKind: z.string().nullish(),
  target: z.object({ principalSet: z.string().nullish() }).nullish(),
  condition: Condition.nullish(),
})
export type PolicyBinding = z.infer<typeof PolicyBinding>

const Period = z.object({ startTime: MaybeWhen, endTime: MaybeWhen })
export const Activity = z.object({
  fullResourceName: z.string(),
  observationPeriod: Period.nullish(),
  activity: z.object({
    lastAuthenticatedTime: MaybeWhen,
    serviceAccount: z.object({ serviceAccountId: z.string().nullish() }).nullish(),
  }),
})
export type Activity = z.infer<typeof Activity>

/** Of an entry of the audit log: that a service account was made, when and by whom. */
export const Creation = z
  .object({
    timestamp: When,
    resource: z.object({ labels: z.object({ unique_id: z.string().nullish() }).nullish() }).nullish(),
    protoPayload: z.object({
      authenticationInfo: z.object({ principalEmail: z.string().nullish() }).nullish(),
      resourceName: z.string().nullish(),
      response: z.object({ unique_id: z.string().nullish() }).nullish(),
    }),
  })
  .transform(({ timestamp, resource, protoPayload: { authenticationInfo, resourceName, response } }) => ({
    timestamp,
    // Its email may be given to another one later: only the id tells whose making it was.
    uniqueId:
      resource?.labels?.unique_id ??
      response?.unique_id ??
      /\/serviceAccounts\/(\d+)$/.exec(resourceName ?? '')?.[1],
    by: authenticationInfo?.principalEmail ?? undefined,
  }))
export type Creation = z.infer<typeof Creation>

export const Group = z.object({ name: z.string().regex(/^groups\/[\w-]+$/) })
export const Membership = z.object({
  preferredMemberKey: z.object({ id: Id }).nullish(),
  type: z.string().nullish(),
})
export type Membership = z.infer<typeof Membership>
