// Settings of one connection: where to sign in and as whom. Everything but the region may stay empty.
import { z } from 'zod'

const optionalText = (pattern: RegExp, error: string) =>
  z.string().trim().regex(pattern, { error }).optional()

export const AwsSettings = z
  .strictObject({
    region: z
      .string()
      .trim()
      .regex(/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/, { error: 'must be a region name like us-east-1' })
      .default('us-east-1')
      .meta({
        title: 'Region',
        description:
          'IAM is global: any region of the same partition works. China and GovCloud need one of their own.',
        placeholder: 'us-east-1',
      }),
    roleArn: optionalText(
      /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
      'must be the ARN of a role, like arn:aws:iam::123456789012:role/rollcall-inventory',
    ).meta({
      title: 'Role to assume',
      description: 'The read-only role in the account to read. Empty: read with the credentials as they are.',
      placeholder: 'arn:aws:iam::123456789012:role/rollcall-inventory',
    }),
    externalId: optionalText(
      /^[\w+=,.@:/-]{2,1224}$/,
      'must have 2 to 1224 letters, digits or any of _+=,.@:/-',
    ).meta({
      title: 'External id',
      description: 'What the trust policy of the role asks for. Unique to this connection, not a secret.',
      placeholder: 'rollcall-7f3c',
    }),
    profile: optionalText(/^[^\s\]]{1,128}$/, 'must be a profile name without spaces').meta({
      title: 'Profile',
      description:
        'A profile in the AWS configuration of the machine Rollcall runs on. Empty: the default chain.',
      placeholder: 'inventory',
    }),
    accessKeyId: optionalText(/^[A-Z0-9]{16,128}$/, 'must be an access key id like AKIA…').meta({
      title: 'Access key id',
      description:
        'Only where Rollcall runs outside AWS and there is no profile. A role is better: it needs no key.',
      placeholder: 'AKIA…',
    }),
    secretAccessKey: z.string().trim().min(16).max(256).optional().meta({
      title: 'Secret access key',
      description: 'Kept encrypted, used to sign in and for nothing else.',
      secret: true,
    }),
    endpoint: z
      .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
      .optional()
      .meta({
        title: 'Endpoint',
        description:
          'Only for a private endpoint or an emulator: everything is asked there, EKS too. Empty: the endpoints of AWS.',
        placeholder: 'https://iam.internal.example',
      }),
    lastAccessedMax: z.number().int().min(0).max(100_000).default(300).meta({
      title: 'Roles and users asked for last use',
      description:
        'AWS makes a report for each of them, of what it used of its rights: about three calls. So many are asked in one sync; where there are more, they take turns. 0: none is asked.',
    }),
    clusters: z.boolean().default(true).meta({
      title: 'Look at EKS clusters',
      description:
        'Which service accounts get which role by EKS Pod Identity is kept by AWS and not in the cluster. Asks every region that is on.',
    }),
    workloads: z.boolean().default(true).meta({
      title: 'Look at what runs',
      description:
        'Lambda functions, EC2 instances, ECS services and CodeBuild projects, and the role each runs as. Asks every region that is on. Some of the answers hold environment variables, of which only the names are read.',
    }),
  })
  .superRefine((settings, context) => {
    if ((settings.accessKeyId === undefined) !== (settings.secretAccessKey === undefined))
      context.addIssue({
        code: 'custom',
        path: [settings.accessKeyId === undefined ? 'accessKeyId' : 'secretAccessKey'],
        message: 'Give both parts of the access key, or neither.',
      })
    if (settings.externalId !== undefined && settings.roleArn === undefined)
      context.addIssue({
        code: 'custom',
        path: ['roleArn'],
        message: 'An external id is only used with a role.',
      })
    if (settings.profile !== undefined && settings.accessKeyId !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['profile'],
        message: 'Give a profile or an access key, not both.',
      })
  })
export type AwsSettings = z.infer<typeof AwsSettings>
