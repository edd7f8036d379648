// What a pack says, made up: as many controls and findings as a test needs, with names as bad as they come.
import type { ControlResult, FindingLine, ReportFacts, RuleTest } from '@/evidence/report/facts'

export const BAD_NAMES = [
  'deploy-prod',
  `arn:aws:iam::123456789012:role/${'very-long-path/'.repeat(24)}deploy`,
  'شركة-الحسابات service',
  'חשבון שירות 12 prod',
  '🦊🔑 rotator 👩‍👩‍👧‍👦',
  '日本語サービスアカウント本番環境',
  '<script>alert(1)</script> & "quoted" \\ `code` *bold* [a](b)',
  '  two\nlines\r\nand\ttabs \u0000\u0007\u202eright-to-left\u2028 ',
  '',
  'é̷̢̛̹͖͇̫ͅ zalgo',
  '=HYPERLINK("http://x")',
  '\ud800 lone',
]
const at = (day: number) => new Date(Date.UTC(2026, 8, 1 + day, 10, 0, 0, day)).toISOString()

const rule = (n: number, counts: Partial<RuleTest> = {}): RuleTest => ({
  id: `credential-rule-${n}`,
  title: `Credential is older than its policy allows, case ${n}`,
  severity: ['critical', 'high', 'medium', 'low', 'info'][n % 5]!,
  revisions: [`${n}`.padStart(8, 'a').repeat(8).slice(0, 64)],
  parameters: `Days a key may be old: ${90 + n}`,
  ...(n % 2 && { blindSpot: 'Whether the old value is still held anywhere else.' }),
  ...{ pass: 40 + n, fail: 0, excepted: 0, unknown: 0, notAsked: 0 },
  ...counts,
})

const FRAMEWORKS = [
  { id: 'csf', title: 'NIST CSF', version: '2.0', of: (n: number) => `PR.AA-0${n}` },
  { id: 'pci-dss', title: 'PCI DSS', version: '4.0.1', of: (n: number) => `8.6.${n}` },
  { id: 'nist-800-53', title: 'NIST SP 800-53', version: '5.2.0', of: (n: number) => `AC-2(${n})` },
  { id: 'owasp-nhi', title: 'OWASP NHI Top 10', version: '2025', of: (n: number) => `NHI${n}:2025` },
]
const STATES: ControlResult['state'][] = ['failing', 'no-failure', 'cannot-tell', 'nothing-judged', 'no-rule']

function control(n: number): ControlResult {
  const { of, ...framework } = FRAMEWORKS[n % FRAMEWORKS.length]!
  const state = STATES[n % STATES.length]!
  const counts = {
    failing: { fail: 3, excepted: 1, unknown: 2 },
    'no-failure': {},
    'cannot-tell': { unknown: 4, notAsked: 1 },
    'nothing-judged': { pass: 0, notAsked: 48 },
  }
  return {
    framework,
    control: of(n + 1),
    title: `Identities and credentials are managed, part ${n}`,
    ...(n % 3 === 0 && {
      text: 'Identities and credentials for authorized users, services, and hardware are managed.',
    }),
    state,
    population: 48,
    rules:
      state === 'no-rule'
        ? []
        : [
            rule(n, counts[state]),
            rule(n + 1, state === 'failing' ? { fail: 1, excepted: 1 } : counts[state]),
          ],
    gaps: state === 'cannot-tell' ? ['credential of production (denied: iam:ListAccessKeys)'] : [],
    signOffs:
      n % 4 === 0
        ? [
            {
              campaign: 'Q3 review',
              by: 'Otto Owner',
              at: at(20),
              decisions: 31,
              statement: 'I looked at each of them.',
            },
          ]
        : [],
  }
}

export function madeFacts({
  controls = 10,
  complete = false,
}: { controls?: number; complete?: boolean } = {}): ReportFacts {
  return {
    title: 'Quarter 3 · machine identities',
    product: { name: 'Rollcall', version: '0.1.0' },
    by: 'Anna Auditor',
    asOf: { valid: at(29), known: at(30) },
    period: { from: at(0), to: at(29) },
    scope: ['Class: machine', 'Environment: production', `Name: ${BAD_NAMES[6]}`],
    redacted: ['Names of people'],
    complete,
    gaps: complete
      ? []
      : ['credential of production (denied: iam:ListAccessKeys)', 'cluster-2 was never looked at'],
    totals: { identities: 412, credentials: 655, failing: 31, unknown: 12, excepted: 4 },
    controls: Array.from({ length: controls }, (_, n) => control(n)),
    sources: [
      {
        ...{ connection: 'production', connector: 'aws', scope: 'Production', scopeNativeId: '123456789012' },
        ...{ kind: 'identity', reported: 340, read: 340, held: 338, state: 'complete' as const },
        excluded: [{ count: 2, why: 'kept by the provider for itself' }],
        ...{ refused: [], lookedAt: at(29), completeAt: at(29) },
      },
      {
        ...{ connection: 'production', connector: 'aws', scope: 'Production', scopeNativeId: '123456789012' },
        ...{ kind: 'credential', held: 655, excluded: [], state: 'partial' as const, lookedAt: at(29) },
        refused: [{ call: 'ListAccessKeys', permission: 'iam:ListAccessKeys', times: 12 }],
        why: 'denied: iam:ListAccessKeys',
      },
      {
        ...{
          connection: 'clusters',
          connector: 'kubernetes',
          scope: BAD_NAMES[1]!,
          scopeNativeId: 'cluster-2',
        },
        ...{ kind: 'identity', held: 0, excluded: [], refused: [], state: 'never' as const },
      },
    ],
    exceptions: [
      {
        ...{
          id: 'exc_1',
          reason: 'Vendor rotates in November',
          askedBy: 'Otto Owner',
          approvedBy: 'Ada Admin',
        },
        ...{ from: at(2), until: at(60), findings: 4 },
      },
    ],
    files: [
      { name: 'population.csv', about: 'Every identity that it is about.', rows: 412 },
      { name: 'findings.csv', about: 'Every verdict that fails or cannot be told.', rows: 43 },
      { name: 'rules.json', about: 'Each rule as it was asked.' },
    ],
    method: ['Everything was read at one moment of the record.', 'Each rule was asked about each subject.'],
  }
}

export function madeFinding(n: number): FindingLine {
  const name = BAD_NAMES[n % BAD_NAMES.length]!
  const isResolved = n % 7 === 3
  return {
    id: `fnd_${n}`,
    ruleId: `credential-rule-${n % 9}`,
    ruleTitle: `Credential is older than its policy allows, case ${n % 9}`,
    revision: 'a'.repeat(64),
    verdict: n % 4 === 1 ? 'unknown' : 'fail',
    severity: ['critical', 'high', 'medium', 'low', 'info'][n % 5]!,
    message: `The key of ${name} was made on 2025-01-01 and may be 90 days old.`,
    subject: { id: `idn_${n % 500}`, nativeId: name || 'AIDA1', name, kind: n % 3 ? 'identity' : 'secret' },
    ...(n % 3 && { identityId: `idn_${n % 500}` }),
    scope: { name: 'Production', nativeId: '123456789012', connector: 'aws' },
    state: isResolved ? 'resolved' : 'open',
    openedAt: at(1),
    changedAt: at(n % 20),
    ...(isResolved && { resolvedAt: at(28) }),
    ...(n % 11 === 5 && { excepted: { until: at(60), reason: name, approvedBy: 'Ada Admin' } }),
    controls: ['csf:PR.AA-01', 'owasp-nhi:NHI7:2025'],
  }
}

/** In batches, as they come from a database; each call begins anew. */
export const madeFindings = (count: number) =>
  async function* () {
    for (let n = 0; n < count; n += 250)
      yield Array.from({ length: Math.min(250, count - n) }, (_, index) => madeFinding(n + index))
  }

export async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}
