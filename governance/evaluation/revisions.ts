// Keeps the settings behind every revision that findings name, so that they can be read and asked again.
import type { Tx } from '@/prisma/client'
import type { JudgedUnit } from './judge'
import type { Settled } from './settings'

export async function noteRevisions(
  tx: Tx,
  units: readonly JudgedUnit[],
  policyVersion: number,
): Promise<void> {
  const used = new Map<string, Settled>()
  for (const { open } of units) for (const { settled } of open) used.set(settled.revision, settled)
  if (!used.size) return
  const rows = [...used.values()].map(({ revision, ruleId, sourceRevision, params, decided }) => ({
    revision,
    rule_id: ruleId,
    source_revision: sourceRevision,
    params,
    severity: decided ?? null,
  }))
  await tx.$executeRaw`
    INSERT INTO rule_revision (revision, rule_id, source_revision, params, severity, policy_version)
    SELECT revision, rule_id, source_revision, params, severity, ${policyVersion}::int
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS t (revision text, rule_id text, source_revision text, params jsonb, severity text)
    ORDER BY revision ON CONFLICT (revision) DO NOTHING`
}
