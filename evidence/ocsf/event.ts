// What every OCSF event of a pack has: who says it, when, and of which class. OCSF 1.8.0, without profiles.
import type { ReportFacts } from '../report/facts'
import { namedUuid } from '../stream/named-uuid'

const VERSION = '1.8.0'
const FINDINGS = { category_uid: 2, category_name: 'Findings' }
const CLASSES = { 2003: 'Compliance Finding', 2008: 'IAM Analysis Finding' }
const ACTIVITIES = { 1: 'Create', 2: 'Update', 3: 'Close' }
export type Activity = keyof typeof ACTIVITIES

/** What is not known has no severity either: nobody should be woken for it, and nobody be told that it is harmless. */
const SEVERITIES: Record<string, [number, string]> = {
  critical: [5, 'Critical'],
  high: [4, 'High'],
  medium: [3, 'Medium'],
  low: [2, 'Low'],
  info: [1, 'Informational'],
}
export function severityOf(severity: string | undefined): { severity_id: number; severity: string } {
  const [severity_id, name] = (severity !== undefined && SEVERITIES[severity]) || [0, 'Unknown']
  return { severity_id, severity: name }
}

/** Milliseconds since 1970, as OCSF counts. */
export const millis = (at: string): number => Date.parse(at)

/** @param names what the event is about; the same is the same event, also in another pack */
export function eventOf(
  class_uid: keyof typeof CLASSES,
  activity_id: Activity,
  { product }: ReportFacts,
  { names, at, code }: { names: readonly string[]; at: string; code: string },
) {
  return {
    activity_id,
    activity_name: ACTIVITIES[activity_id],
    ...FINDINGS,
    class_uid,
    class_name: CLASSES[class_uid],
    type_uid: class_uid * 100 + activity_id,
    type_name: `${CLASSES[class_uid]}: ${ACTIVITIES[activity_id]}`,
    time: millis(at),
    timezone_offset: 0,
    metadata: {
      uid: namedUuid('event', ...names),
      version: VERSION,
      event_code: code,
      log_name: 'evidence',
      product: {
        name: product.name,
        uid: product.name.toLowerCase(),
        vendor_name: product.name,
        version: product.version,
      },
    },
  }
}
