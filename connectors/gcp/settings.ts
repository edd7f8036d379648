// Settings of one connection: what to read, and how to sign in. Ways without a key come first.
import { z } from 'zod'
import { parseJson } from '@/core/parse-json'

const line = (pattern: RegExp, error: string) => z.string().trim().regex(pattern, { error })

const RESOURCE = /^(organizations\/\d+|folders\/\d+|projects\/([a-z0-9.-]+\.[a-z]+:)?[a-z0-9][a-z0-9-]*)$/
const EMAIL = /^[a-z0-9][a-z0-9-]*@[a-z0-9.-]+\.gserviceaccount\.com$/
/** Of a provider, as Google's own configuration files have it. */
const AUDIENCE =
  /^\/\/iam\.googleapis\.com\/projects\/\d+\/locations\/global\/workloadIdentityPools\/[a-z0-9-]+\/providers\/[a-z0-9-]+$/
const PROJECT = /^([a-z0-9.-]+\.[a-z]+:)?[a-z][a-z0-9-]*[a-z0-9]$/
/** What tells the machine Rollcall runs on who it is: never anything that is run. */
const TOKEN_URL = /^(https:\/\/[^\s@]+|http:\/\/(169\.254\.169\.254|metadata\.google\.internal)\/[^\s@]*)$/

const serviceAccount = (title: string, description: string) =>
  line(EMAIL, 'must be the email of a service account, like rollcall@shop.iam.gserviceaccount.com')
    .optional()
    .meta({ title, description, placeholder: 'rollcall@shop.iam.gserviceaccount.com' })

const KeyFile = z.object({
  type: z.literal('service_account'),
  client_email: z.string().regex(EMAIL),
  private_key_id: z.string().min(1),
  private_key: z.string().startsWith('-----BEGIN'),
})
export type KeyFile = z.infer<typeof KeyFile>
/** The parts of a key file that are used, or undefined for anything else. Addresses in it are not followed. */
export function readKeyFile(text: string): KeyFile | undefined {
  const json = parseJson(text)
  return json.ok ? KeyFile.safeParse(json.value).data : undefined
}

/** Fields of other ways are let through unread: a form keeps what was typed there before. */
const Login = z
  .discriminatedUnion('method', [
    z.object({ method: z.literal('ambient').meta({ title: 'Way to sign in' }) }),
    z.object({ method: z.literal('metadata') }),
    z.object({
      method: z.literal('federation'),
      audience: line(AUDIENCE, 'must be the full name of a provider, as in a credential configuration').meta({
        title: 'Provider',
        description: 'The workload identity pool provider that accepts the token of this machine.',
        placeholder:
          '//iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/rollcall/providers/cluster',
      }),
      tokenPath: z.string().trim().startsWith('/').max(1000).optional().meta({
        title: 'Path of the token',
        description: 'A file with the token to exchange; it is read anew each time.',
        placeholder: '/var/run/secrets/tokens/gcp',
      }),
      tokenUrl: line(TOKEN_URL, 'must be an https address, or the metadata server').optional().meta({
        title: 'Address of the token',
        description: 'Where the platform hands out the token, instead of a file.',
        placeholder: 'https://token.internal.example/identity',
      }),
      tokenField: line(/^[\w.-]{1,100}$/, 'must be the name of a field')
        .optional()
        .meta({
          title: 'Field of the token',
          description: 'Where the answer is JSON: the field that holds the token. Empty: plain text.',
          placeholder: 'access_token',
        }),
    }),
    z.object({
      method: z.literal('key'),
      keyFile: z
        .string()
        .trim()
        .max(20_000)
        .refine((text) => readKeyFile(text) !== undefined, {
          error: 'must be the key file of a service account, as JSON',
        })
        .meta({
          title: 'Key file',
          description: 'The last resort: it lives until somebody deletes it. Kept encrypted.',
          secret: true,
        }),
    }),
  ])
  .meta({ title: 'Sign in' })
export type Login = z.infer<typeof Login>

export const GcpSettings = z
  .strictObject({
    resources: z
      .array(line(RESOURCE, 'must be organizations/<number>, folders/<number> or projects/<id>'))
      .min(1)
      .max(200)
      .meta({
        title: 'What to read',
        description:
          'An organisation, folders or projects: each is read as one whole. Name nothing that lies within another.',
        placeholder: 'organizations/123456789012',
      }),
    login: Login,
    impersonate: serviceAccount(
      'Service account to act as',
      'Read as this service account, by a token that is made for it. Empty: read as whoever signed in.',
    ),
    quotaProject: line(PROJECT, 'must be the id of a project').optional().meta({
      title: 'Quota project',
      description: 'Whose quota the calls count against, and where the APIs are enabled.',
      placeholder: 'shop-security',
    }),
  })
  .superRefine(({ login, resources }, context) => {
    const issue = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message })
    if (login.method === 'federation' && (login.tokenPath === undefined) === (login.tokenUrl === undefined))
      issue(['login', 'tokenPath'], 'Give the path of the token, or its address, and not both.')
    resources.forEach((name, at) => {
      if (resources.indexOf(name) !== at) issue(['resources', at], 'is named twice')
    })
  })
export type GcpSettings = z.infer<typeof GcpSettings>
