// What a cluster lets in: the Pod Security level of namespaces, policies of its own with what binds them, and webhooks that
// are asked. Whoever judges what a right to make objects is worth reads them; they give nobody anything.
import { absent, known, type Fact } from '@/core/fact'
import type { Of } from '@/core/observation'
import { restriction } from './map-restriction'
import { LIST } from './permissions'
import { plain } from './plain'
import type { Bare, Metadata } from './shapes'
import type { AdmissionBinding, AdmissionPolicy, Webhooks } from './shapes-admission'

const ADMISSION_LANGUAGE = 'kubernetes-admission'
const row = (metadata: Metadata, type: string, document: Fact<Record<string, unknown>>) =>
  restriction(metadata, { type, language: ADMISSION_LANGUAGE, document })

const POD_SECURITY = 'pod-security.kubernetes.io/'
const MODES = ['enforce', 'audit', 'warn'].flatMap((mode) => [mode, `${mode}-version`])
const NO_LEVEL =
  'no label of Pod Security: every pod is let in (privileged), unless the API server is set to something else'

/** By its labels. Which level holds without any, and who is exempt, is a setting of the API server that it does not tell. */
export function podSecurity({ metadata }: Bare): Of<'entitlement'> {
  const said = MODES.flatMap((mode): [string, string][] => {
    const label = metadata.labels[`${POD_SECURITY}${mode}`]
    return label === undefined || label === '' ? [] : [[mode, label]]
  })
  const document = said.length
    ? known(Object.fromEntries(said), LIST.namespaces)
    : absent(LIST.namespaces, NO_LEVEL)
  return {
    ...row(metadata, 'kubernetes.pod-security', document),
    aliases: [`namespace/${metadata.name}`],
  }
}

/** What selectors of policies and webhooks go by. One that looked like a secret is there without it. */
export const namespaceLabels = ({ metadata }: Bare): Of<'entitlement'> => ({
  ...restriction(metadata, {
    type: 'kubernetes.namespace-labels',
    language: 'kubernetes-namespace',
    document: known({ labels: metadata.labels }, LIST.namespaces),
  }),
  nativeId: `${metadata.uid}/labels`,
})

export const admissionPolicy = ({ metadata, spec }: AdmissionPolicy): Of<'entitlement'> =>
  row(metadata, 'kubernetes.admission-policy', known(plain(spec), LIST.admissionPolicies))

export const admissionBinding = ({ metadata, spec }: AdmissionBinding): Of<'entitlement'> =>
  row(metadata, 'kubernetes.admission-binding', known(plain(spec), LIST.admissionBindings))

export const validatingWebhooks = ({ metadata, webhooks }: Webhooks): Of<'entitlement'> =>
  row(metadata, 'kubernetes.validating-webhooks', known(plain({ webhooks }), LIST.validatingWebhooks))

export const mutatingWebhooks = ({ metadata, webhooks }: Webhooks): Of<'entitlement'> =>
  row(metadata, 'kubernetes.mutating-webhooks', known(plain({ webhooks }), LIST.mutatingWebhooks))
