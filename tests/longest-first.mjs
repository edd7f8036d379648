// The order of test files: those that take longest first, so that no core is left idle while the last of them runs.
import { BaseSequencer } from 'vitest/node'

/** Measured. A file that is missing here, or that has become quicker, costs time and nothing else. */
const LONGEST = [
  'tests/e2e/quality.spec.ts',
  'jobs/worker.db.test.ts',
  'tests/faults/killed.db.test.ts',
  'tests/e2e/as-of.spec.ts',
  'tests/faults/disk-full.db.test.ts',
  'connectors/vault/connector.test.ts',
  'tests/e2e/roles.spec.ts',
  'inventory/joins/order.db.test.ts',
  'tests/e2e/diff.spec.ts',
  'cli/cli.db.test.ts',
  'inventory/queries/many-credentials.db.test.ts',
  'tests/e2e/journeys.spec.ts',
  'connectors/kubernetes/connector.test.ts',
  'connectors/aws/connector.test.ts',
  'inventory/moment/as-of.db.test.ts',
  'governance/auth/auth.db.test.ts',
  'connectors/aws/client.test.ts',
  'connectors/azure/connector.test.ts',
  'connectors/gcp/connector.test.ts',
  'inventory/retention/compact-history.db.test.ts',
  'connectors/aws/live.test.ts',
  'connectors/azure/entra/laws.test.ts',
]
/** The others, project by project: files share a process with the next one of their project. */
const PROJECTS = ['e2e', 'e2e-sampled', 'db-sampled', 'db-alone', 'db', 'alone', 'unit']

/** @param {import('vitest/node').TestSpecification} specification */
function rankOf({ moduleId, project }) {
  const index = LONGEST.findIndex((file) => moduleId.endsWith(`/${file}`))
  return index >= 0 ? index : LONGEST.length + PROJECTS.indexOf(project.name)
}

export class LongestFirst extends BaseSequencer {
  /** @param {import('vitest/node').TestSpecification[]} files */
  async sort(files) {
    const sorted = await super.sort(files)
    return sorted.sort((a, b) => rankOf(a) - rankOf(b))
  }
}
