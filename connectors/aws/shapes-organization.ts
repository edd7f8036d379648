// Allow-list of what is read of the organization: ids, names, which sorts of policies are on, and the policies themselves.
// Mail addresses and names of accounts are never looked at.
import { z } from 'zod'
import { Id } from './shapes'

export const OrganizationAnswer = z.object({
  Organization: z.object({ Id, MasterAccountId: Id, FeatureSet: z.string() }),
})
export type Organization = z.infer<typeof OrganizationAnswer>['Organization']

export const Root = z.object({
  Id,
  // Without the list it is not known which sorts are off.
  PolicyTypes: z.array(z.object({ Type: z.string(), Status: z.string() })),
})

export const Parent = z.object({ Id, Type: z.enum(['ROOT', 'ORGANIZATIONAL_UNIT']) })

export const AttachedPolicy = z.object({ Id, Name: Id, AwsManaged: z.boolean().nullish() })
export type AttachedPolicy = z.infer<typeof AttachedPolicy>

export const PolicyAnswer = z.object({ Policy: z.object({ Content: z.string() }) })
