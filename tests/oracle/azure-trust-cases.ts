// Who can become an identity, and how wide that is, worked out by hand from Microsoft's documentation.
import type { AccessAnswer, Caller, Principal, Realm } from '@/core/access'
import * as w from './azure-world'

export type TrustCase = {
  name: string
  target: Partial<Principal>
  caller: Caller
  answer: AccessAnswer['answer']
  why: string
  more?: Partial<Realm>
}
const ISSUER = 'https://token.actions.githubusercontent.com'
const AUD = 'api://AzureADTokenExchange'
const token = (claims: Record<string, string | string[]>, issuer = ISSUER): Caller => ({
  kind: 'token',
  issuer,
  claims,
})
const named = (id: string): Caller => ({ kind: 'principal', id, aliases: [], realm: w.TENANT })
const MAIN = 'repo:acme/app:ref:refs/heads/main'
const exact = { trusts: [w.federated({ subject: MAIN })] }
const flexible = (expression: string) => ({ trusts: [w.federated({ expression })] })
const FIC = 'workload-identity-federation-considerations'
const FLEXIBLE = 'workload-identities-flexible-federated-identity-credentials'

export const TRUST_CASES: readonly TrustCase[] = [
  {
    name: 'issuer, subject and audience as they are',
    target: exact,
    caller: token({ sub: MAIN, aud: AUD }),
    answer: 'yes',
    why: FIC,
  },
  {
    name: 'another branch',
    target: exact,
    caller: token({ sub: 'repo:acme/app:ref:refs/heads/dev', aud: AUD }),
    answer: 'no',
    why: `${FIC}: exact match`,
  },
  {
    name: 'upper and lower case',
    target: exact,
    caller: token({ sub: MAIN.toUpperCase(), aud: AUD }),
    answer: 'no',
    why: `${FIC}: case-sensitive match`,
  },
  {
    name: 'no audience told',
    target: exact,
    caller: token({ sub: MAIN }),
    answer: 'depends',
    why: 'the claim is not known',
  },
  {
    name: 'another audience',
    target: exact,
    caller: token({ sub: MAIN, aud: 'sts.amazonaws.com' }),
    answer: 'no',
    why: `${FIC}: audience`,
  },
  {
    name: 'no subject in the token',
    target: exact,
    caller: token({ sub: [], aud: AUD }),
    answer: 'no',
    why: 'the claim is absent',
  },
  {
    name: 'another issuer',
    target: exact,
    caller: token({ sub: MAIN, aud: AUD }, 'https://gitlab.com'),
    answer: 'no',
    why: `${FIC}: issuer`,
  },
  {
    name: 'an issuer with a slash more',
    target: exact,
    caller: token({ sub: MAIN, aud: AUD }, `${ISSUER}/`),
    answer: 'no',
    why: `${FIC}: the issuer has to match as text`,
  },
  {
    name: 'an issuer without its scheme',
    target: exact,
    caller: token({ sub: MAIN, aud: AUD }, 'token.actions.githubusercontent.com'),
    answer: 'yes',
    why: 'named as joins name it',
  },
  {
    name: 'a wildcard in an exact subject',
    target: { trusts: [w.federated({ subject: 'repo:acme/app:*' })] },
    caller: token({ sub: MAIN, aud: AUD }),
    answer: 'no',
    why: `${FIC}: no wildcards in subjects`,
  },
  {
    name: 'an expression that fits',
    target: flexible("claims['sub'] matches 'repo:acme/*:ref:refs/heads/main'"),
    caller: token({ sub: MAIN, aud: AUD }),
    answer: 'yes',
    why: FLEXIBLE,
  },
  {
    name: 'an expression that does not',
    target: flexible("claims['sub'] matches 'repo:acme/*:ref:refs/heads/main'"),
    caller: token({ sub: 'repo:evil/app:ref:refs/heads/main', aud: AUD }),
    answer: 'no',
    why: FLEXIBLE,
  },
  {
    name: 'one character for a question mark',
    target: flexible("claims['sub'] matches 'repo:acme/app:ref:refs/heads/????'"),
    caller: token({ sub: MAIN, aud: AUD }),
    answer: 'yes',
    why: `${FLEXIBLE}: single character`,
  },
  {
    name: 'not two',
    target: flexible("claims['sub'] matches 'repo:acme/app:ref:refs/heads/??'"),
    caller: token({ sub: MAIN, aud: AUD }),
    answer: 'no',
    why: `${FLEXIBLE}: single character`,
  },
  {
    name: 'two claims, of which one is not told',
    target: flexible(
      `claims['sub'] eq '${MAIN}' and claims['job_workflow_ref'] matches 'acme/flows/.github/workflows/*@refs/heads/main'`,
    ),
    caller: token({ sub: MAIN, aud: AUD }),
    answer: 'depends',
    why: `${FLEXIBLE}: and`,
  },
  {
    name: 'two claims, of which one does not fit',
    target: flexible(`claims['sub'] eq '${MAIN}' and claims['job_workflow_ref'] eq 'acme/x'`),
    caller: token({ sub: 'repo:a/b:c', aud: AUD }),
    answer: 'no',
    why: `${FLEXIBLE}: and`,
  },
  {
    name: 'an operator that there is not',
    target: flexible(`claims['sub'] eq 'a' or claims['sub'] eq '${MAIN}'`),
    caller: token({ sub: MAIN, aud: AUD }),
    answer: 'depends',
    why: `${FLEXIBLE}: matches, eq, and`,
  },
  {
    name: 'neither subject nor expression',
    target: { trusts: [w.federated({})] },
    caller: token({ sub: MAIN, aud: AUD }),
    answer: 'depends',
    why: 'what it accepts was not read',
  },
  {
    name: 'the machine that runs as it',
    target: { type: 'azure.managed-identity' },
    caller: { kind: 'service', name: w.VM },
    answer: 'yes',
    why: 'managed identities: tokens for the resource',
    more: { runners: [w.runner(w.VM, ['target'])] },
  },
  {
    name: 'another machine',
    target: { type: 'azure.managed-identity' },
    caller: { kind: 'service', name: w.VM },
    answer: 'no',
    why: 'it is not its identity',
    more: { runners: [w.runner(w.VM, ['other'])] },
  },
  {
    name: 'another machine, where not all were read',
    target: { type: 'azure.managed-identity' },
    caller: { kind: 'service', name: w.VM },
    answer: 'depends',
    why: 'not all were read',
    more: { unseen: [{ part: 'runners', words: 'Resources were not read.' }] },
  },
  {
    name: 'an owner',
    target: { trusts: [w.owner('app')] },
    caller: named('app'),
    answer: 'depends',
    why: 'application: addPassword asks for a permission as well',
  },
  { name: 'nobody', target: {}, caller: named('app'), answer: 'no', why: 'nothing lets it in' },
  {
    name: 'nobody, where trust was not read',
    target: {},
    caller: token({ sub: MAIN, aud: AUD }),
    answer: 'depends',
    why: 'some credential may accept it',
    more: { unseen: [{ part: 'trusts', words: 'Federated credentials were not read.' }] },
  },
]

export type PitfallCase = {
  name: string
  target: Partial<Principal>
  found: readonly string[]
  why: string
  more?: Partial<Realm>
}
const AKS = 'https://westeurope.oic.prod-aks.azure.com/t/c/'
export const PITFALL_CASES: readonly PitfallCase[] = [
  { name: 'a repository by its name', target: exact, found: ['F10 low yes'], why: 'names can be taken over' },
  {
    name: 'a repository by its numbers',
    target: { trusts: [w.federated({ subject: 'repo:acme@1/app@2:ref:refs/heads/main' })] },
    found: [],
    why: 'numbers are never given again',
  },
  {
    name: 'every pull request',
    target: { trusts: [w.federated({ subject: 'repo:acme@1/app@2:pull_request' })] },
    found: ['F04 medium yes'],
    why: 'whatever branch',
  },
  {
    name: 'a wildcard that is none',
    target: { trusts: [w.federated({ issuer: 'https://gitlab.com', subject: 'project_path:acme/*' })] },
    found: ['F05 low yes'],
    why: 'exact subjects',
  },
  {
    name: 'organisations that begin alike',
    target: flexible("claims['sub'] matches 'repo:acme*'"),
    found: ['F19 critical yes'],
    why: 'acme-evil fits',
  },
  {
    name: 'repositories of the organisation',
    target: flexible("claims['sub'] matches 'repo:acme/*:ref:refs/heads/main'"),
    found: ['F19 high yes'],
    why: 'every repository',
  },
  {
    name: 'anything in one repository',
    target: flexible("claims['sub'] matches 'repo:acme/app:*'"),
    found: ['F04 medium yes'],
    why: 'pull requests too',
  },
  {
    name: 'branches of one repository',
    target: flexible("claims['sub'] matches 'repo:acme/app:ref:refs/heads/*'"),
    found: [],
    why: 'anchored',
  },
  {
    name: 'a workflow, whoever runs it',
    target: flexible("claims['job_workflow_ref'] eq 'acme/flows/.github/workflows/x.yml@refs/heads/main'"),
    found: ['F19 high yes'],
    why: 'the subject is not asked for',
  },
  {
    name: 'an expression that is not understood',
    target: flexible('everybody'),
    found: ['F19 medium depends'],
    why: 'not understood',
  },
  {
    name: 'any project of GitLab',
    target: {
      trusts: [
        w.federated({ issuer: 'https://gitlab.com', expression: "claims['sub'] matches 'project_path:*'" }),
      ],
    },
    found: ['F19 critical yes'],
    why: 'strangers fit',
  },
  {
    name: 'every project of a group of GitLab',
    target: {
      trusts: [
        w.federated({
          issuer: 'https://gitlab.com',
          expression: "claims['sub'] matches 'project_path:acme/*'",
        }),
      ],
    },
    found: ['F19 high yes'],
    why: 'projects of the group, and of nobody else',
  },
  {
    name: 'a project of GitLab by its name',
    target: {
      trusts: [
        w.federated({
          issuer: 'https://gitlab.com',
          subject: 'project_path:acme/app:ref_type:branch:ref:main',
        }),
      ],
    },
    found: ['F10 low yes'],
    why: 'paths of projects can be taken over',
  },
  {
    name: 'an issuer that nobody knows',
    target: {
      trusts: [
        w.federated({ issuer: 'https://tokens.example.com', expression: "claims['sub'] matches 'a*'" }),
      ],
    },
    found: ['F19 medium depends'],
    why: 'what its subjects look like is not known',
  },
  {
    name: 'another audience',
    target: {
      trusts: [
        w.federated({ issuer: 'https://accounts.google.com', subject: '1', audiences: ['https://acme'] }),
      ],
    },
    found: ['F08 low yes'],
    why: 'made for something else',
  },
  {
    name: 'a cluster that is gone',
    target: { trusts: [w.federated({ issuer: AKS, subject: 'system:serviceaccount:a:b' })] },
    found: ['F12 medium depends'],
    why: 'no cluster issues by this address',
  },
  {
    name: 'a cluster that is there',
    target: { trusts: [w.federated({ issuer: AKS, subject: 'system:serviceaccount:a:b' })] },
    found: [],
    why: 'it is',
    more: {
      things: [
        {
          kind: 'issuer',
          id: 'aks-issuer//subscriptions/x',
          type: 'azure.aks-issuer',
          name: 'aks (westeurope.oic.prod-aks.azure.com/t/c)',
        },
      ],
    },
  },
]
