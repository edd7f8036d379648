// Ways to more rights in Google Cloud, worked out by hand: which step there is, how certain, and the ones that look like one.
import type { StepCase } from './gcp-step-cases'
import {
  account,
  bind,
  computeAccount,
  emailOf,
  inPool,
  outside,
  realm,
  role,
  runner,
  secret,
  trust,
  uid,
} from './gcp-realms'
import type { Realm } from '@/core/access'

const me = (...held: ReturnType<typeof bind>[]) => account('me', 'shop', held)
const robot = account('robot', 'shop')
const custom = (name: string, ...permissions: string[]) => role(`projects/shop/roles/${name}`, ...permissions)
const holdsCustom = (name: string, ...permissions: string[]) => ({
  held: bind(`projects/shop/roles/${name}`, 'projects/shop'),
  rulings: [custom(name, ...permissions)],
})
/** A realm in which `me` holds one custom role on the project. */
const withPermissions = (permissions: string[], given: Partial<Realm> = {}, others = [robot]) => {
  const { held, rulings } = holdsCustom('x', ...permissions)
  return realm([me(held), ...others], { ...given, rulings: [...rulings, ...(given.rulings ?? [])] })
}
const ACT = 'iam.serviceAccounts.actAs'
const MACHINE = [
  'compute.instances.create',
  'compute.disks.create',
  'compute.subnetworks.use',
  'compute.instances.setMetadata',
  'compute.instances.setServiceAccount',
]

export const MACHINE_CASES: readonly StepCase[] = [
  {
    why: 'a machine as the service account',
    realm: withPermissions([ACT, ...MACHINE]),
    by: 'G10',
    to: 'robot',
    answer: 'yes',
  },
  {
    why: 'without actAs there is none',
    realm: withPermissions(MACHINE),
    by: 'G10',
    to: 'robot',
    answer: undefined,
  },
  {
    why: 'without subnetworks there is none',
    realm: withPermissions([ACT, ...MACHINE.filter((one) => !one.includes('subnetworks'))]),
    by: 'G10',
    to: 'robot',
    answer: undefined,
  },
  {
    why: 'actAs on the account alone and the machine in its project',
    realm: realm(
      [
        me(
          bind('roles/iam.serviceAccountUser', 'sa:shop/robot'),
          bind('projects/shop/roles/x', 'projects/shop'),
        ),
        robot,
        account('other', 'shop'),
      ],
      { rulings: [custom('x', ...MACHINE)] },
    ),
    by: 'G10',
    to: 'other',
    answer: undefined,
  },
  {
    why: 'a machine in another project takes an organisation policy',
    realm: realm(
      [
        me(
          bind('roles/iam.serviceAccountUser', 'sa:lab/far'),
          bind('projects/shop/roles/x', 'projects/shop'),
        ),
        account('far', 'lab'),
      ],
      { rulings: [custom('x', ...MACHINE)] },
    ),
    by: 'G10',
    to: 'far',
    answer: 'depends',
    says: /disableCrossProject/,
  },
  {
    why: 'a function that is made and called',
    realm: withPermissions([
      ACT,
      'cloudfunctions.functions.create',
      'cloudfunctions.functions.sourceCodeSet',
      'cloudfunctions.functions.call',
    ]),
    by: 'G11',
    to: 'robot',
    answer: 'yes',
  },
  {
    why: 'new code asks for a function',
    realm: withPermissions(
      [ACT, 'cloudfunctions.functions.update', 'cloudfunctions.functions.sourceCodeSet'],
      { runners: [runner('gcp.instance', 'shop', [])] },
    ),
    by: 'G12',
    to: 'robot',
    answer: undefined,
  },
  {
    why: 'where functions are not collected it is open',
    realm: withPermissions([
      ACT,
      'cloudfunctions.functions.update',
      'cloudfunctions.functions.sourceCodeSet',
    ]),
    by: 'G12',
    to: 'robot',
    answer: 'depends',
    says: /not collected/,
  },
  {
    why: 'with one it is there',
    realm: withPermissions(
      [ACT, 'cloudfunctions.functions.update', 'cloudfunctions.functions.sourceCodeSet'],
      { runners: [runner('gcp.function', 'shop', [])] },
    ),
    by: 'G12',
    to: 'robot',
    answer: 'yes',
  },
  {
    why: 'Cloud Run',
    realm: withPermissions([ACT, 'run.services.create', 'run.services.setIamPolicy']),
    by: 'G13',
    to: 'robot',
    answer: 'yes',
  },
  {
    why: 'scheduled calls',
    realm: withPermissions([ACT, 'cloudscheduler.jobs.create']),
    by: 'G14',
    to: 'robot',
    answer: 'yes',
  },
  {
    why: 'which account builds run as is not collected',
    realm: realm([me(bind('projects/shop/roles/x', 'projects/shop')), computeAccount('shop', '700')], {
      rulings: [custom('x', 'cloudbuild.builds.create')],
    }),
    by: 'G15',
    to: '9700',
    answer: 'depends',
  },
  {
    why: 'the agent of Google APIs deploys',
    realm: realm(
      [
        me(bind('projects/shop/roles/x', 'projects/shop')),
        computeAccount('shop', '700'),
        outside(
          '700@cloudservices.gserviceaccount.com',
          [bind('roles/editor', 'projects/shop')],
          'gcp.service-agent',
        ),
      ],
      { rulings: [custom('x', 'deploymentmanager.deployments.create')] },
    ),
    by: 'G16',
    to: '700@cloudservices.gserviceaccount.com',
    answer: 'yes',
  },
  {
    why: 'guard rails',
    realm: withPermissions(['orgpolicy.policy.set']),
    by: 'G17',
    to: 'more',
    answer: 'depends',
  },
  {
    why: 'HMAC keys open storage alone',
    realm: withPermissions(['storage.hmacKeys.create']),
    by: 'G18',
    to: 'robot',
    answer: 'depends',
  },
  {
    why: 'API keys',
    realm: withPermissions(['apikeys.keys.getKeyString']),
    by: 'G19',
    to: 'more',
    answer: 'depends',
  },
  {
    why: 'a machine that runs as the account',
    realm: withPermissions([ACT, 'compute.instances.setMetadata'], {
      runners: [runner('gcp.instance', 'shop', [uid('robot')])],
    }),
    by: 'G20',
    to: 'robot',
    answer: 'yes',
  },
  {
    why: 'one that runs as another',
    realm: withPermissions([ACT, 'compute.instances.setMetadata'], {
      runners: [runner('gcp.instance', 'shop', ['1'])],
    }),
    by: 'G20',
    to: 'robot',
    answer: undefined,
  },
  {
    why: 'a workflow',
    realm: withPermissions([ACT, 'workflows.workflows.create']),
    by: 'G21',
    to: 'robot',
    answer: 'yes',
  },
  {
    why: 'a provider in a pool that is trusted',
    realm: withPermissions(['iam.googleapis.com/workloadIdentityPoolProviders.update'], {}, [
      account('robot', 'shop', [], { trusts: [trust(inPool('subject/a'))] }),
      computeAccount('shop', '700'),
    ]),
    by: 'G22',
    to: 'robot',
    answer: 'yes',
  },
  {
    why: 'nobody adds to pools of clusters',
    realm: withPermissions(['iam.googleapis.com/workloadIdentityPoolProviders.update'], {}, [
      account('robot', 'shop', [], { trusts: [trust('serviceAccount:shop.svc.id.goog[a/b]')] }),
    ]),
    by: 'G22',
    to: 'robot',
    answer: undefined,
  },
  {
    why: 'a stored secret',
    realm: realm([me(bind('roles/secretmanager.secretAccessor', 'projects/shop'))], {
      things: [secret('shop', 'db')],
    }),
    by: 'G23',
    to: secret('shop', 'db').id,
    answer: 'yes',
  },
  {
    why: 'one that its condition leaves out',
    realm: realm(
      [
        me(
          bind(
            'roles/secretmanager.secretAccessor',
            'projects/shop',
            "resource.name.contains('/secrets/web')",
          ),
        ),
      ],
      { things: [secret('shop', 'db')] },
    ),
    by: 'G23',
    to: secret('shop', 'db').id,
    answer: undefined,
  },
  {
    why: 'somebody elsewhere lets it in',
    realm: realm([me()], {
      elsewhere: [
        account('there', 'far', [], {
          trusts: [trust(`serviceAccount:${emailOf('me', 'shop')}`, 'serviceAccountTokenCreator')],
        }),
      ],
    }),
    by: 'trust',
    to: 'there',
    answer: 'yes',
  },
  {
    why: 'and somebody else there',
    realm: realm([me()], {
      elsewhere: [
        account('there', 'far', [], {
          trusts: [trust(`serviceAccount:${emailOf('you', 'shop')}`, 'serviceAccountTokenCreator')],
        }),
      ],
    }),
    by: 'trust',
    to: 'there',
    answer: undefined,
  },
  {
    why: 'what a role holds that was not read may be everything',
    realm: realm([me(bind('roles/x.admin', 'organizations/1')), robot]),
    by: 'G08',
    to: 'administrator',
    answer: 'depends',
  },
]
