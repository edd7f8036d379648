// Which rules speak to which control. A rule itself says it of OWASP and CSF; of the others it is kept here as data.
import { rules } from '@/rules'
import { aiRmfMapping } from './mapping/ai-rmf'
import { cisMapping } from './mapping/cis'
import { doraMapping } from './mapping/dora'
import { iso27001Mapping } from './mapping/iso-27001'
import { maestroMapping } from './mapping/maestro'
import { nis2Mapping } from './mapping/nis2'
import { nist800207Mapping } from './mapping/nist-800-207'
import { nist80053Mapping } from './mapping/nist-800-53'
import { pciDssMapping } from './mapping/pci-dss'
import { soc2Mapping } from './mapping/soc2'
import type { Mapping } from './framework'

/** By the id of the framework. */
export const MAPPINGS: Readonly<Record<string, Mapping>> = {
  'nist-800-53': nist80053Mapping,
  'nist-800-207': nist800207Mapping,
  'ai-rmf': aiRmfMapping,
  maestro: maestroMapping,
  cis: cisMapping,
  'iso-27001': iso27001Mapping,
  soc2: soc2Mapping,
  'pci-dss': pciDssMapping,
  dora: doraMapping,
  nis2: nis2Mapping,
}

/** Every control a rule gives evidence toward, with its prefix: those it names itself first. */
export function controlsOf(ruleId: string): readonly string[] {
  const own = rules.find(({ meta }) => meta.id === ruleId)?.meta.controls ?? []
  const mapped = Object.entries(MAPPINGS).flatMap(([framework, mapping]) =>
    (mapping[ruleId] ?? []).map((id) => `${framework}:${id}`),
  )
  return [...own, ...mapped]
}

/** The ids of the rules that speak to a control, such as `csf:PR.AA-05`, in the order of the registry. */
export const rulesOf = (control: string): readonly string[] => RULES.get(control) ?? []

const RULES = new Map<string, string[]>()
for (const { meta } of rules)
  for (const control of controlsOf(meta.id)) RULES.set(control, [...(RULES.get(control) ?? []), meta.id])
