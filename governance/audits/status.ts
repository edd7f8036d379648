// The status of an item: whose word it is. Those who answer say that it is ready, the auditor says what came of it. Pure.

export const ITEM_STATUSES = ['waiting', 'ready', 'approved', 'flagged', 'not-applicable'] as const
export type ItemStatus = (typeof ITEM_STATUSES)[number]

export const STATUS_TITLES: Readonly<Record<ItemStatus, string>> = {
  waiting: 'Waiting',
  ready: 'Ready',
  approved: 'Approved',
  flagged: 'Flagged',
  'not-applicable': 'Not applicable',
}

/** What those who answer may say of an item that is so: never anything of what the auditor has said. */
export const ANSWERERS_MAY: Readonly<Record<ItemStatus, readonly ItemStatus[]>> = {
  waiting: ['ready'],
  ready: ['waiting'],
  approved: [],
  flagged: [],
  'not-applicable': [],
}

const AUDITORS_SAY = ['approved', 'flagged', 'not-applicable', 'waiting'] as const
/** What an auditor may say of an item that is so: never that it is ready. */
export const auditorsMay = (status: ItemStatus): readonly ItemStatus[] =>
  AUDITORS_SAY.filter((one) => one !== status)

/** What has to be given a reason for. */
export const isReasoned = (status: ItemStatus): boolean => status === 'flagged' || status === 'not-applicable'
/** What nobody has said anything final about. */
export const OPEN_STATUSES = ['waiting', 'ready'] as const satisfies readonly ItemStatus[]
