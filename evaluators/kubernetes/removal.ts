// How a service account, user or group loses its rights, and is deleted where the cluster keeps it, by kubectl. A cluster cannot turn
// one off.
// Source: kubernetes.io/docs/reference/kubectl; “Using RBAC Authorization”.
import { fillIn } from '../fill-in'
import {
  inTerraform,
  leftOut,
  type Act,
  type DraftPlan,
  type HeldGrant,
  type Removable,
  type Remover,
} from '../removal'
import { shell } from '../shell'

const context = (): string => shell`--context=${fillIn('CONTEXT')}`

type Account = { namespace: string; name: string }
function accountOf({ identity }: Removable): Account {
  const [, namespace, name] =
    identity.aliases
      .map((alias) => /^system:serviceaccount:([^:]+):([^:]+)$/.exec(alias))
      .find((found) => found !== null) ?? []
  return { namespace: namespace ?? fillIn('NAMESPACE'), name: name ?? fillIn('SERVICE_ACCOUNT') }
}

type Binding = { kind: 'rolebinding' | 'clusterrolebinding'; namespace?: string; name: string }
/** Undefined where what gives it is no binding that was seen. */
function bindingOf({ viaName = '' }: HeldGrant): Binding | undefined {
  const [, namespace, local] = /^RoleBinding ([^/]+)\/(.+)$/s.exec(viaName) ?? []
  if (namespace !== undefined && local !== undefined) return { kind: 'rolebinding', namespace, name: local }
  const [, wide] = /^ClusterRoleBinding (.+)$/s.exec(viaName) ?? []
  return wide === undefined ? undefined : { kind: 'clusterrolebinding', name: wide }
}
const at = ({ namespace }: { namespace?: string }): string =>
  namespace === undefined ? context() : `${context()} ${shell`--namespace=${namespace}`}`

const distinct = (grants: readonly HeldGrant[]): Binding[] => [
  ...new Map(
    grants.flatMap((grant) => {
      const binding = bindingOf(grant)
      return binding ? [[`${binding.kind}/${binding.namespace ?? ''}/${binding.name}`, binding] as const] : []
    }),
  ).values(),
]
const shown = (binding: Binding): Act => ({
  does: `Shows ${binding.name}, to be kept: who else it is for, and what it gives`,
  run: `kubectl get ${binding.kind} ${at(binding)} --output=yaml -- ${shell`${binding.name}`}`,
})
const deleted = (binding: Binding): Act => ({
  does: `Deletes ${binding.name}, where it is for nobody else`,
  run: `kubectl delete ${binding.kind} ${at(binding)} -- ${shell`${binding.name}`}`,
})

const SHARED =
  'A binding may be for others too: then take its subject out with kubectl edit, and do not delete it. Its subjects cannot be told from here.'
const KEPT = 'What was shown brings it back: kubectl apply with that text.'

function remove(known: Removable): DraftPlan {
  const account = accountOf(known)
  const bindings = distinct(known.grants)
  return {
    off: bindings.flatMap((one) => [shown(one), deleted(one)]),
    back: [],
    end: [
      ...known.credentials
        .filter(({ type }) => type === 'kubernetes.legacy-token')
        .map(({ name }) => ({
          does: `Deletes the token ${name}`,
          run: `kubectl delete secret ${at(account)} -- ${shell`${name.split('/').at(-1) ?? name}`}`,
        })),
      {
        does: 'Deletes it, and all its tokens end',
        run: `kubectl delete serviceaccount ${at(account)} -- ${shell`${account.name}`}`,
      },
    ],
    terraform: inTerraform(
      'kubernetes_service_account',
      'kubernetes_role_binding and kubernetes_cluster_role_binding',
    ),
    notes: [
      'A service account cannot be turned off: without its bindings it may do nothing that not everybody may.',
      ...(bindings.length ? [SHARED, KEPT] : []),
      'Pods that name it do not start any more once it is deleted. Those that run lose their token at its next renewal.',
      ...leftOut(
        known.grants.filter((grant) => !bindingOf(grant)),
        'what gives it was not seen as a binding.',
      ),
    ],
  }
}

function reduce(known: Removable): DraftPlan {
  const bindings = distinct(known.drops)
  return {
    off: bindings.flatMap((one) => [shown(one), deleted(one)]),
    back: [],
    end: [],
    terraform: inTerraform('the bindings of these roles'),
    notes: [
      ...(bindings.length ? [SHARED, KEPT] : []),
      ...leftOut(
        known.drops.filter((grant) => !bindingOf(grant)),
        'what gives it was not seen as a binding.',
      ),
    ],
  }
}

const edited = (binding: Binding, subject: string): Act => ({
  does: `Opens ${binding.name} in an editor: take the subject ${subject} out`,
  run: `kubectl edit ${binding.kind} ${at(binding)} -- ${shell`${binding.name}`}`,
})

/** A cluster keeps no list of users and groups: they are what bindings name, and are gone with the last of these. */
function removeNamed(known: Removable): DraftPlan {
  const bindings = distinct(known.grants)
  const isGroup = known.identity.type === 'kubernetes.group'
  return {
    off: bindings.flatMap((one) => [shown(one), edited(one, known.identity.name)]),
    back: [],
    end: bindings.map(deleted),
    terraform: inTerraform('the subjects of kubernetes_role_binding and kubernetes_cluster_role_binding'),
    notes: [
      isGroup
        ? 'The cluster keeps no groups: whoever signs people in says who is in one. It is gone here once no binding names it.'
        : 'The cluster keeps no users: whoever signs them in does. It is gone here once no binding names it.',
      'A client certificate cannot be withdrawn: it proves this name until it ends.',
      ...(bindings.length ? [SHARED, KEPT] : []),
      ...leftOut(
        known.grants.filter((grant) => !bindingOf(grant)),
        'what gives it was not seen as a binding.',
      ),
    ],
  }
}

const ACCOUNT = 'kubernetes.service-account'
export const kubernetesRemover: Remover = {
  types: [ACCOUNT, 'kubernetes.user', 'kubernetes.group'],
  remove: (known) => (known.identity.type === ACCOUNT ? remove(known) : removeNamed(known)),
  reduce,
}
