// What a connection says about itself: tenant, cloud and how much to read. The client gives it with the sign-in, so that
// streams know it whether they read a tenant, a recording or a file.
import { z } from 'zod'
import type { Session } from '@/core/session'
import { CLOUDS, type AzureSettings } from './settings'
import { SIGN_IN } from './sign-in'

export const Connection = z.object({
  tenantId: z.string().min(1),
  cloud: z.enum(CLOUDS),
  subscriptions: z.array(z.string()),
  keyVaultObjects: z.boolean(),
  previewApis: z.boolean(),
  /** How many days of Activity Logs are read; 0: none. */
  activityDays: z.number(),
  limits: z.object({ vaultItemsMax: z.number() }),
})
export type Connection = z.infer<typeof Connection>

export function connectionOf(settings: AzureSettings): Connection {
  const { tenantId, cloud, subscriptions, keyVaultObjects, previewApis, activityDays, vaultItemsMax } =
    settings
  return {
    tenantId,
    cloud,
    subscriptions,
    keyVaultObjects,
    previewApis,
    activityDays,
    limits: { vaultItemsMax },
  }
}

export const connection = (session: Session): Promise<Connection> => session.call(SIGN_IN, {}, Connection)
