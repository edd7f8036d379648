// A policy as YAML, for keeping in a repository: written from what counts, and read with the place of every mistake.
import { stringify } from 'yaml'
import type { Instant } from '@/core/fact'
import type { Policy } from '@/core/policy'
import { readYaml, TOLD_MAX, type YamlIssue } from '../yaml/read-yaml'
import { checkPolicy } from './check-policy'

/** Longer ones are not read: the longest policy there can be is shorter. */
export const YAML_BYTES_MAX = 1024 * 1024

export type YamlChecked =
  | { policy: Policy; issues: []; warnings: YamlIssue[] }
  | { policy?: undefined; issues: YamlIssue[]; warnings: [] }

/** @param version 0 where nobody has decided anything */
export function policyYaml(policy: Policy, version: number): string {
  const from = version ? `version ${version}` : 'as built in'
  return `# Policy of Rollcall, ${from}. What is left out takes its default.\n${stringify(policy, { lineWidth: 0 })}`
}

const refused = (message: string): YamlChecked => ({
  issues: [{ line: 1, column: 1, path: '', message }],
  warnings: [],
})

/** @param text of any content, from anywhere */
export function checkYaml(text: string, now: Instant): YamlChecked {
  if (Buffer.byteLength(text) > YAML_BYTES_MAX)
    return refused('It is larger than 1 MB: no policy is so long.')
  const read = readYaml(text)
  if (read.issues) return { issues: read.issues, warnings: [] }
  const { raw, placed } = read
  if (raw === null) return refused('It is empty. `rollcall policy show --yaml` writes one to begin with.')
  const { policy, issues, warnings } = checkPolicy(raw, now)
  if (!policy) return { issues: issues.slice(0, TOLD_MAX).map(placed), warnings: [] }
  return { policy, issues: [], warnings: warnings.map(placed) }
}
