// How a service account is turned off and deleted, and roles are taken from it, by gcloud.
// Source: cloud.google.com/sdk/gcloud/reference/iam/service-accounts; cloud.google.com/iam/docs/service-accounts-disable-enable.
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
import { noOption, shell } from '../shell'

type Account = { email: string; project: string }
function accountOf({ identity }: Removable): Account {
  const names = [identity.name, ...identity.aliases]
  const email = names.find((name) => /^[^@\s/]+@[^@\s/]+\.gserviceaccount\.com$/.test(name))
  const full = names.map((name) => /^projects\/([^/]+)\/serviceAccounts\//.exec(name)).find(Boolean)
  const ofEmail = /@([^.]+)\.iam\.gserviceaccount\.com$/.exec(email ?? '')?.[1]
  return {
    email: noOption(email ?? fillIn('SERVICE_ACCOUNT_EMAIL')),
    project: full?.[1] ?? ofEmail ?? fillIn('PROJECT'),
  }
}

function remove(known: Removable): DraftPlan {
  const { email, project } = accountOf(known)
  const keys = known.credentials.flatMap(({ id, type }) => {
    const key = type === 'gcp.service-account-key' ? id.split('/keys/')[1] : undefined
    return key === undefined ? [] : [noOption(key)]
  })
  return {
    off: [
      {
        does: 'Turns it off: nothing gets tokens for it any more',
        run: shell`gcloud iam service-accounts disable ${email} --project=${project}`,
      },
    ],
    back: [
      {
        does: 'Turns it on again',
        run: shell`gcloud iam service-accounts enable ${email} --project=${project}`,
      },
    ],
    end: [
      ...keys.map((key) => ({
        does: `Deletes the key ${key}`,
        run: shell`gcloud iam service-accounts keys delete ${key} --iam-account=${email} --project=${project}`,
      })),
      { does: 'Deletes it', run: shell`gcloud iam service-accounts delete ${email} --project=${project}` },
    ],
    terraform: inTerraform(
      'google_service_account',
      'its google_*_iam_member and google_service_account_key',
    ),
    notes: [
      'For 30 days it can be brought back by its number: gcloud iam service-accounts undelete.',
      'One that is made anew under its email is another: roles that are left for the old one do not hold for it.',
      'Tokens that were handed out before stay valid until they end, an hour as a rule.',
    ],
  }
}

type Binding = { role: string; place: string; id: string }
const KINDS: Readonly<Record<string, string>> = {
  projects: 'projects',
  folders: 'resource-manager folders',
  organizations: 'organizations',
}
/** Undefined where it is on something else, or under a condition, which would have to be named as it is. */
function bindingOf({ document, via }: HeldGrant): Binding | undefined {
  if (typeof document !== 'object' || document === null || via !== 'attached' || 'condition' in document)
    return undefined
  const { role, resource } = document as { role?: unknown; resource?: unknown }
  if (typeof role !== 'string' || typeof resource !== 'string') return undefined
  const [, place = '', id = ''] =
    /^\/\/cloudresourcemanager\.googleapis\.com\/(projects|folders|organizations)\/([^/]+)$/.exec(resource) ??
    []
  return place && id ? { role, place, id: noOption(id) } : undefined
}
const bindingAct = (verb: 'add' | 'remove', email: string, { role, place, id }: Binding): Act => ({
  does: `${verb === 'remove' ? 'Takes away' : 'Gives back'} ${role}`,
  run: `gcloud ${KINDS[place] ?? 'projects'} ${verb}-iam-policy-binding ${shell`${id} --member=serviceAccount:${email} --role=${role}`} --condition=None`,
})

function reduce(known: Removable): DraftPlan {
  const { email } = accountOf(known)
  const bindings = known.drops.flatMap((grant) => bindingOf(grant) ?? [])
  return {
    off: bindings.map((one) => bindingAct('remove', email, one)),
    back: bindings.map((one) => bindingAct('add', email, one)),
    end: [],
    terraform: inTerraform('the google_*_iam_member of these roles'),
    notes: leftOut(
      known.drops.filter((grant) => !bindingOf(grant)),
      'it is held through a group, under a condition, or on something that has a command of its own.',
    ),
  }
}

export const gcpRemover: Remover = { types: ['gcp.service-account'], remove, reduce }
