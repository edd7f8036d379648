// Every framework, in the order in which they are shown.
import { aiRmf } from './catalogues/ai-rmf'
import { cis } from './catalogues/cis'
import { csf } from './catalogues/csf'
import { dora } from './catalogues/dora'
import { iso27001 } from './catalogues/iso-27001'
import { maestro } from './catalogues/maestro'
import { nis2 } from './catalogues/nis2'
import { nist800207 } from './catalogues/nist-800-207'
import { nist80053 } from './catalogues/nist-800-53'
import { owaspNhi } from './catalogues/owasp-nhi'
import { pciDss } from './catalogues/pci-dss'
import { soc2 } from './catalogues/soc2'
import type { Framework } from './framework'

export const FRAMEWORKS: readonly Framework[] = [
  owaspNhi,
  csf,
  nist80053,
  nist800207,
  aiRmf,
  maestro,
  cis,
  iso27001,
  soc2,
  pciDss,
  dora,
  nis2,
]

export const frameworkOf = (id: string): Framework | undefined => FRAMEWORKS.find((one) => one.id === id)
