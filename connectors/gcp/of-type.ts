// What holds of every thing of a type in Google Cloud, whichever it is.
import type { OfType } from '@/core/connector'

/** https://cloud.google.com/iam/docs/best-practices-for-managing-service-account-keys */
const FEDERATED = 'an attached service account, workload identity federation, or impersonation'
/** https://cloud.google.com/iam/docs/service-account-types#default: `<number>-compute@…` and `<project>@appspot…`. */
const DEFAULTS = ['*-compute@developer.gserviceaccount.com', '*@appspot.gserviceaccount.com']
/** An account is of the project in its email; default ones of Compute Engine name it by its number. */
const PROJECT = [
  '@([^@]+)\\.iam\\.gserviceaccount\\.com$',
  '^([^@]+)@appspot\\.gserviceaccount\\.com$',
  '^(\\d+)-compute@',
]
/** `roles/viewer on projects/halden-maps`, or on a service account; else the resource itself. */
const RESOURCE = [
  ' on [^ ]*@([^@ ]+)\\.iam\\.gserviceaccount\\.com(?: \\(conditional\\))?$',
  ' on projects/([^ ]+)(?: \\(conditional\\))?$',
  ' on ([^ ]+)(?: \\(conditional\\))?$',
]

/** `//run.googleapis.com/projects/halden-maps/…` */
const RUNNING: OfType = { place: ['/projects/([^/]+)/'] }

export const ofType: Readonly<Record<string, OfType>> = {
  'gcp.service-account': {
    own: true,
    closed: true,
    defaults: DEFAULTS,
    place: PROJECT,
    // https://cloud.google.com/iam/docs/principal-identifiers#deleted-principals
    gone: ['deleted:*'],
    people: [
      'user:*',
      'group:*',
      'domain:*',
      'projectOwner:*',
      'projectEditor:*',
      'projectViewer:*',
      'principal://iam.googleapis.com/locations/global/workforcePools/*',
      'principalSet://iam.googleapis.com/locations/global/workforcePools/*',
    ],
  },
  'gcp.foreign-service-account': { defaults: DEFAULTS, place: PROJECT },
  'gcp.service-account-key': { alternative: FEDERATED, toldBy: ['service-account-keys'] },
  'gcp.hmac-key': {
    alternative: 'tokens of an attached or impersonated service account',
    toldBy: ['hmac-keys'],
  },
  'gcp.binding': { place: RESOURCE },
  'gcp.gke-node-pool': RUNNING,
  'gcp.instance': RUNNING,
  'gcp.run-service': RUNNING,
  'gcp.run-job': RUNNING,
  'gcp.function': RUNNING,
  'gcp.secret': { store: true },
}
