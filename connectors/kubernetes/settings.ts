// Settings of one connection: a kubeconfig with the contexts to read, one server with a token, or the cluster Rollcall runs in.
import { z } from 'zod'
import { readKubeconfig, serverProblem } from './kubeconfig'

const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/
/** `context=value`, or the value alone where there is one cluster. A context may hold any sign but this. */
const FOR_CONTEXT = /^(?:([^=\s]+)=)?(\S+)$/
/** `https://10.0.0.1:6443`, `10.0.0.1` → `10.0.0.1:6443`, `10.0.0.1:443`, and behind it a path where there is one. */
export function addressOf(text: string): string | undefined {
  const url = /^https?:\/\//.test(text) ? text : `https://${text}`
  if (!URL.canParse(url)) return undefined
  const { hostname, port, protocol, pathname } = new URL(url)
  return `${hostname}:${port || (protocol === 'http:' ? '80' : '443')}${pathname.replace(/\/+$/, '')}`
}

/** Each address is a name of every service account, which may bear so many. */
const ENTRIES_MAX = 40
const texts = (check: (value: string) => boolean, error: string) =>
  z
    .array(
      z
        .string()
        .trim()
        .regex(FOR_CONTEXT, { error })
        .refine((text) => check(split(text).value), { error }),
    )
    .max(ENTRIES_MAX)
    .optional()
function split(text: string): { context: string | undefined; value: string } {
  const found = FOR_CONTEXT.exec(text)
  return { context: found?.[1], value: found?.[2] ?? text }
}
/** What the entries say for one cluster. */
export const entriesFor = (entries: readonly string[] | undefined, context: string): string[] =>
  (entries ?? []).map(split).flatMap((one) => ((one.context ?? context) === context ? [one.value] : []))

const fields = {
  kubeconfig: z.string().trim().min(1).max(262_144).optional().meta({
    title: 'Kubeconfig',
    description:
      'The output of kubectl config view --raw --flatten --minify. Kept encrypted. Empty: a server and a token, or the cluster Rollcall runs in.',
    secret: true,
  }),
  contexts: z.array(z.string().trim().min(1).max(500)).max(100).optional().meta({
    title: 'Contexts',
    description: 'Contexts of the kubeconfig to read, one cluster each. Empty: its current context.',
    placeholder: 'acme-prod',
  }),
  server: z
    .url({ protocol: /^https?$/, error: 'must be a URL like https://10.0.0.1:6443' })
    .optional()
    .meta({
      title: 'API server',
      description: 'Instead of a kubeconfig: the address of the API server.',
      placeholder: 'https://10.0.0.1:6443',
    }),
  token: z.string().trim().min(16).max(16_384).optional().meta({
    title: 'Token',
    description:
      'Of the service account Rollcall reads as. Kept encrypted. Short-lived ones have to be entered anew.',
    secret: true,
  }),
  certificateAuthority: z
    .string()
    .trim()
    .regex(/^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----$/, {
      error: 'must be a certificate in PEM',
    })
    .optional()
    .meta({
      title: 'Certificate authority',
      description: 'PEM of the CA that signed the certificate of the API server.',
    }),
  name: z
    .string()
    .trim()
    .regex(/^[^\s=/]{1,200}$/, { error: 'must be a name without spaces, = and /' })
    .optional()
    .meta({
      title: 'Name of the cluster',
      description: 'How it is shown where no context names it.',
      placeholder: 'acme-prod',
    }),
  alsoKnownAs: texts(
    (value) => addressOf(value) !== undefined,
    'must be an address, or context=address',
  ).meta({
    title: 'Also known as',
    description:
      'Addresses by which others call the API server, such as the kubernetes_host of a Vault. With several contexts: context=address.',
    placeholder: 'acme-prod=10.0.0.1:6443',
  }),
  issuers: texts((value) => /^https:\/\//.test(value), 'must be a URL, or context=URL').meta({
    title: 'Token issuer',
    description: 'Only where discovery is not allowed: the issuer of service account tokens.',
    placeholder: 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE',
  }),
  workloadPools: texts(
    (value) => /^[a-z0-9.:-]+\.svc\.id\.goog$/.test(value),
    'must end in .svc.id.goog',
  ).meta({
    title: 'Workload identity pool',
    description: 'GKE only: the pool of the cluster. With several contexts: context=pool.',
    placeholder: 'acme-shop-prod.svc.id.goog',
  }),
  trustDomains: texts(
    (value) => /^[a-z0-9._-]{1,255}$/.test(value),
    'must be a name of small letters, digits, dots and dashes',
  ).meta({
    title: 'Trust domain of the mesh',
    description:
      'Istio only: what its identities begin with, if not cluster.local. The one in use first, then its aliases. With several contexts: context=domain.',
    placeholder: 'prod.acme.example',
  }),
  namespaces: z
    .array(z.string().trim().regex(NAMESPACE, { error: 'must be the name of a namespace' }))
    .max(500)
    .optional()
    .meta({
      title: 'Namespaces',
      description: 'Read only these, each as a scope of its own. Empty: the whole cluster.',
      placeholder: 'payments',
    }),
  secretsMetadata: z.boolean().default(false).meta({
    title: 'Read metadata of Secrets',
    description:
      'Shows old tokens that never end. Kubernetes has no right for metadata alone: the role could then also read values, which Rollcall never asks for.',
  }),
  follow: z.boolean().default(true).meta({
    title: 'Follow changes',
    description:
      'Keeps up with the cluster within seconds between two syncs, where the role allows to watch what it lists.',
  }),
  allowExec: z.boolean().default(false).meta({
    title: 'Allow exec plugins',
    description:
      'Lets the kubeconfig run a command on the machine Rollcall runs on, as its user and with its environment. Only for a kubeconfig you wrote yourself.',
  }),
}
type Issue = { path: string; message: string }

function ofKubeconfig(settings: { kubeconfig: string; contexts?: string[]; allowExec: boolean }): Issue[] {
  const read = readKubeconfig(settings.kubeconfig)
  if ('problem' in read) return [{ path: 'kubeconfig', message: read.problem }]
  const { contexts, current } = read
  const asked = settings.contexts?.length ? settings.contexts : current ? [current] : []
  if (!asked.length)
    return [{ path: 'contexts', message: 'The kubeconfig has no current context: name one.' }]
  return asked.flatMap((name): Issue[] => {
    const found = contexts.find((context) => context.name === name)
    if (!found) return [{ path: 'contexts', message: `The kubeconfig has no context ${name}.` }]
    if (found.usesExec && !settings.allowExec)
      return [
        {
          path: 'allowExec',
          message: `The context ${name} signs in by running a command. Allow it, or use a token.`,
        },
      ]
    return []
  })
}

export const KubernetesSettings = z.strictObject(fields).superRefine((settings, context) => {
  const { kubeconfig, contexts, server, token, certificateAuthority } = settings
  const issues: Issue[] = []
  if (kubeconfig !== undefined) {
    issues.push(...ofKubeconfig({ ...settings, kubeconfig }))
    if (server !== undefined || token !== undefined)
      issues.push({ path: 'server', message: 'Give a kubeconfig or a server with a token, not both.' })
  } else {
    if (contexts?.length)
      issues.push({ path: 'contexts', message: 'Contexts are those of a kubeconfig: give one.' })
    if ((server === undefined) !== (token === undefined))
      issues.push({
        path: server === undefined ? 'server' : 'token',
        message: 'Give both server and token, or neither.',
      })
    if (certificateAuthority !== undefined && server === undefined)
      issues.push({ path: 'server', message: 'A certificate authority is only used with a server.' })
  }
  const wrong = server === undefined ? undefined : serverProblem(server)
  if (wrong) issues.push({ path: 'server', message: `The address ${wrong}.` })
  for (const { path, message } of issues) context.addIssue({ code: 'custom', path: [path], message })
})
export type KubernetesSettings = z.infer<typeof KubernetesSettings>
