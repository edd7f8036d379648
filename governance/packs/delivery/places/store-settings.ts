// Settings of an S3-compatible store.
import { z } from 'zod'
import { door, ensureSecure, secretLine, webAddress } from '@/senders/door/web-settings'

export const StoreSettings = z
  .strictObject({
    endpoint: webAddress().meta({
      title: 'Address',
      description: 'Of the store, without the bucket.',
      placeholder: 'https://objects.example.com',
    }),
    region: z
      .string()
      .trim()
      .regex(/^[a-z0-9-]{1,60}$/, { error: 'must be a region, such as eu-central-1' })
      .default('us-east-1')
      .meta({ title: 'Region', description: 'Many stores of one’s own have us-east-1.' }),
    bucket: z
      .string()
      .trim()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
        error: 'must be the name of a bucket: small letters, digits, hyphens and dots, 3 to 63 of them',
      })
      .meta({ title: 'Bucket', placeholder: 'audit-evidence' }),
    prefix: z
      .string()
      .trim()
      .regex(/^(?!\/)(?!.*\/\/)(?!.*(^|\/)\.{1,2}(\/|$))[\w./ -]{0,400}$/, {
        error: 'must be letters, digits, . _ - and / in between, not beginning with /',
      })
      .optional()
      .meta({
        title: 'Beginning of names',
        description: 'Put before the name of each pack, as a folder would be.',
        placeholder: 'rollcall/quarters/',
      }),
    accessKey: z
      .string()
      .trim()
      .regex(/^[\x21-\x7e]{3,200}$/, { error: 'must be one line of plain characters' })
      .meta({ title: 'Access key', secret: true }),
    secretKey: secretLine(8, 500).meta({ title: 'Secret key', secret: true }),
    pathStyle: z.boolean().default(false).meta({
      title: 'Bucket in the path',
      description: 'For stores that do not have a host name for each bucket, as many of one’s own.',
    }),
    ...door,
  })
  .superRefine(ensureSecure('endpoint'))
export type StoreSettings = z.infer<typeof StoreSettings>
