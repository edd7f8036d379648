// Settings of one connection: where the server is, how to sign in, and how much of it to read.
import { z } from 'zod'

const line = (pattern: RegExp, error: string) => z.string().trim().regex(pattern, { error })
const limit = (most: number, standard: number) => z.number().int().min(1).max(most).default(standard)

/** Three parts of a token that a platform has signed. */
export const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/
const PATH = /^[\w.@~-]+(\/[\w.@~-]+)*$/
const mountOf = (placeholder: string) =>
  line(PATH, 'must be the path of an auth method, without auth/ and slashes around it').optional().meta({
    title: 'Auth method',
    description: 'Where the auth method is mounted. Empty: under its own name.',
    placeholder,
  })
const namespaceOf = () =>
  line(PATH, 'must be the path of a namespace, without slashes around it').optional().meta({
    title: 'Namespace of the sign-in',
    description: 'Where the auth method is. Empty: the root.',
    placeholder: 'admin',
  })
const roleName = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .meta({ title: 'Role', description: 'The role to sign in with.', placeholder: 'rollcall' })

/** Fields of other ways are let through unread: a form keeps what was typed there before. */
const Login = z
  .discriminatedUnion('method', [
    z.object({
      method: z.literal('token').meta({ title: 'Way to sign in' }),
      token: line(/^[\x21-\x7e]{1,4096}$/, 'must be a token, without spaces').meta({
        title: 'Token',
        description: 'A token with the policy below. It has to be renewed by whoever made it.',
        secret: true,
      }),
    }),
    z.object({
      method: z.literal('approle'),
      mount: mountOf('approle'),
      namespace: namespaceOf(),
      roleId: z
        .string()
        .trim()
        .min(1)
        .max(500)
        .meta({ title: 'Role id', placeholder: 'role id of an AppRole' }),
      secretId: z.string().trim().min(1).max(500).meta({
        title: 'Secret id',
        description: 'Kept encrypted, used to sign in and for nothing else.',
        secret: true,
      }),
    }),
    z.object({
      method: z.literal('kubernetes'),
      mount: mountOf('kubernetes'),
      namespace: namespaceOf(),
      role: roleName,
      tokenPath: z.string().trim().startsWith('/').max(1000).optional().meta({
        title: 'Path of the token',
        description:
          'The service account token of the pod Rollcall runs in. Empty: where Kubernetes puts it.',
        placeholder: '/var/run/secrets/kubernetes.io/serviceaccount/token',
      }),
    }),
    z.object({
      method: z.literal('jwt'),
      mount: mountOf('jwt'),
      namespace: namespaceOf(),
      role: roleName,
      tokenPath: z.string().trim().startsWith('/').max(1000).optional().meta({
        title: 'Path of the token',
        description: 'A file with the JSON web token; it is read anew for each sign-in.',
        placeholder: '/var/run/secrets/tokens/vault',
      }),
      jwt: z.string().trim().regex(JWT, { error: 'must be a JSON web token' }).optional().meta({
        title: 'JSON web token',
        description: 'Only where it lives long: a file is read anew, this has to be entered anew.',
        secret: true,
      }),
    }),
  ])
  .meta({ title: 'Sign in' })
export type Login = z.infer<typeof Login>

const HOST = /^[a-z0-9.-]+(:\d{1,5})?$/i
const CLUSTER = /^[\w./@~-]+=(https:\/\/[^\s=]+|[a-z0-9.-]+(:\d{1,5})?)$/i
const NAMESPACE = /^(\*|root|[\w.@~-]+(\/[\w.@~-]+)*)$/
const MOUNT_TYPE = /^(auth\/)?[\w.@~-]+(\/[\w.@~-]+)*=[a-z0-9-]+$/

/** What is never sent over an open line, unless a person says so. */
const isLocal = (address: string): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(address).hostname)

export const VaultSettings = z
  .strictObject({
    address: z
      .url({ protocol: /^https?$/, error: 'must be an address like https://vault.example.com:8200' })
      .meta({
        title: 'Address',
        description: 'Of the active node or of what stands before the nodes.',
        placeholder: 'https://vault.example.com:8200',
      }),
    login: Login,
    namespaces: z
      .array(line(NAMESPACE, 'must be the path of a namespace, root, or * for all there are'))
      .max(1000)
      .default([])
      .meta({
        title: 'Namespaces',
        description: 'Which namespaces to read: paths, root, or * for all there are. Empty: only the root.',
        placeholder: 'team-data',
      }),
    alsoKnownAs: z
      .array(line(HOST, 'must be a host with a port, like vault.internal:8200'))
      .max(20)
      .default([])
      .meta({
        title: 'Also known as',
        description:
          'Other hosts and ports by which workloads reach this server, so that they can be joined.',
        placeholder: 'vault.vault.svc:8200',
      }),
    clusters: z
      .array(line(CLUSTER, 'must be a mount and a cluster, like auth/kubernetes=https://oidc.example/id/1'))
      .max(500)
      .default([])
      .meta({
        title: 'Clusters',
        description:
          'Which cluster a Kubernetes mount belongs to, where its address does not tell: mount=issuer, or mount=host:port of the API.',
        placeholder: 'auth/kubernetes=https://oidc.eks.eu-west-1.amazonaws.com/id/ABC',
      }),
    mounts: z
      .array(line(MOUNT_TYPE, 'must be a mount and its type, like auth/approle=approle or kv=kv-v2'))
      .max(2000)
      .default([])
      .meta({
        title: 'Mounts for the policy',
        description:
          'Only for the setup document, which then names exactly these mounts. The document has the command that lists them.',
        placeholder: 'kv=kv-v2',
      }),
    tokens: z.boolean().default(false).meta({
      title: 'Read live tokens',
      description: 'Needs sudo on auth/token/accessors. Finds old, periodic and root tokens.',
    }),
    leases: z.boolean().default(false).meta({
      title: 'Read live leases',
      description: 'Needs sudo on sys/leases/lookup. Finds dynamic credentials that are in use now.',
    }),
    kvPathsMax: limit(1_000_000, 20_000).meta({
      title: 'Most secrets of one mount',
      description: 'Beyond it the mount counts as read in part.',
    }),
    secretIdsMax: limit(100_000, 1_000).meta({
      title: 'Most secret ids of one AppRole',
      description: 'Beyond it the AppRole counts as read in part.',
    }),
    tokenAccessorsMax: limit(100_000, 5_000).meta({
      title: 'Most live tokens',
      description: 'Beyond it so many are looked up and told in groups, not one by one.',
    }),
    leasesMax: limit(100_000, 5_000).meta({
      title: 'Most live leases',
      description: 'Beyond it leases count as read in part.',
    }),
    caPem: z.string().trim().includes('-----BEGIN CERTIFICATE-----').max(200_000).optional().meta({
      title: 'Certificate authority (PEM)',
      description: 'Only where the certificate of the server is not signed by a public authority.',
      placeholder: '-----BEGIN CERTIFICATE-----',
    }),
    allowInsecure: z.boolean().default(false).meta({
      title: 'Allow plain HTTP',
      description: 'Sends the sign-in unencrypted: for a test server only.',
    }),
  })
  .superRefine(({ address, allowInsecure, login }, context) => {
    if (login.method === 'jwt' && login.jwt === undefined && login.tokenPath === undefined)
      context.addIssue({
        code: 'custom',
        path: ['login', 'tokenPath'],
        message: 'Give the path of a file with the token, or the token.',
      })
    if (!URL.canParse(address)) return
    if (new URL(address).username !== '')
      context.addIssue({
        code: 'custom',
        path: ['address'],
        message: 'Leave the user name and password out: they are not needed, and would be shown.',
      })
    if (new URL(address).protocol === 'http:' && !allowInsecure && !isLocal(address))
      context.addIssue({
        code: 'custom',
        path: ['address'],
        message: 'Use https: over http the sign-in could be read on the way. Or allow plain HTTP.',
      })
  })
export type VaultSettings = z.infer<typeof VaultSettings>
