// Settings of one connection: which tenant, how to sign in, and how much of it to read.
import { z } from 'zod'

const uuid = (error: string) =>
  z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { error })
const clientId = (description: string) =>
  uuid('must be an application (client) id, like 11111111-2222-3333-4444-555555555555').meta({
    title: 'Application (client) id',
    description,
    placeholder: '11111111-2222-3333-4444-555555555555',
  })
const path = z.string().trim().startsWith('/').max(1000)
const limit = (most: number, standard: number) => z.number().int().min(1).max(most).default(standard)

/** Fields of other ways are let through unread: a form keeps what was typed there before. */
const Login = z
  .discriminatedUnion('method', [
    z.object({
      method: z.literal('workload-identity').meta({ title: 'Way to sign in' }),
      clientId: clientId('Of the application or managed identity that trusts the token of this workload.'),
      tokenPath: path.optional().meta({
        title: 'Path of the token',
        description:
          'A file with a token of the platform Rollcall runs on; it is read anew when it is needed. Empty: where AKS puts it.',
        placeholder: '/var/run/secrets/azure/tokens/azure-identity-token',
      }),
    }),
    z.object({
      method: z.literal('managed-identity'),
      clientId: clientId(
        'Of a user-assigned identity. Empty: the system-assigned one of the machine Rollcall runs on.',
      ).optional(),
    }),
    z.object({
      method: z.literal('certificate'),
      clientId: clientId('Of the application the certificate belongs to.'),
      certificatePath: path.meta({
        title: 'Path of the certificate',
        description: 'A PEM file with the certificate and its private key, on the machine Rollcall runs on.',
        placeholder: '/etc/rollcall/azure.pem',
      }),
    }),
    z.object({
      method: z.literal('client-secret'),
      clientId: clientId('Of the application the secret belongs to.'),
      clientSecret: z.string().trim().min(1).max(500).meta({
        title: 'Client secret',
        description:
          'Only where nothing else works: it ends, and can be copied. Kept encrypted, used to sign in and for nothing else.',
        secret: true,
      }),
    }),
  ])
  .meta({ title: 'Sign in' })
export type Login = z.infer<typeof Login>

export const CLOUDS = ['public', 'us-government', 'china'] as const
export type Cloud = (typeof CLOUDS)[number]

export const AzureSettings = z.strictObject({
  tenantId: uuid('must be a tenant id, like 11111111-2222-3333-4444-555555555555').meta({
    title: 'Tenant id',
    description: 'The directory (tenant) to read. `az account show` tells it.',
    placeholder: '11111111-2222-3333-4444-555555555555',
  }),
  cloud: z.enum(CLOUDS).default('public').meta({
    title: 'Cloud',
    description: 'Which cloud of Microsoft the tenant is in.',
  }),
  login: Login,
  subscriptions: z.array(uuid('must be a subscription id')).max(10_000).default([]).meta({
    title: 'Subscriptions',
    description:
      'Which subscriptions make up everything there is to read. Empty: all below the root management group, if that may be read; otherwise nothing can be said to be gone.',
    placeholder: '11111111-2222-3333-4444-555555555555',
  }),
  keyVaultObjects: z.boolean().default(false).meta({
    title: 'Read what vaults hold',
    description:
      'Names, ages and ends of secrets and certificates in key vaults, never a value. Needs Key Vault Reader, and the network path to the vaults.',
  }),
  previewApis: z.boolean().default(true).meta({
    title: 'Read preview APIs',
    description:
      'When credentials and service principals last signed in is told by preview APIs of Microsoft Graph only.',
  }),
  activityDays: z.number().int().min(0).max(89).default(30).meta({
    title: 'Days of the Activity Log',
    description:
      'How far back it is read which writes, deletes and actions roles were used for. Azure keeps 90 days. 0: it is not read, and what is used of a role is unknown.',
  }),
  vaultItemsMax: limit(100_000, 5_000).meta({
    title: 'Most objects of one key vault',
    description: 'Beyond it the vault counts as read in part.',
  }),
})
export type AzureSettings = z.infer<typeof AzureSettings>
