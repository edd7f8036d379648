// The files of a pack that are written from the record, in the order in which they are written.
import type { Part } from '../part'
import { activity } from './activity'
import { changes } from './changes'
import { credentials } from './credentials'
import { decisions } from './decisions'
import { entitlements } from './entitlements'
import { exceptions } from './exceptions'
import { findings } from './findings'
import { identities } from './identities'
import { quality } from './quality'
import { reconciliation } from './reconciliation'
import { remediation } from './remediation'
import { rules } from './rules'
import { sources } from './sources'

export const parts: readonly Part[] = [
  identities,
  credentials,
  entitlements,
  findings,
  decisions,
  exceptions,
  remediation,
  changes,
  sources,
  reconciliation,
  activity,
  quality,
  rules,
]
