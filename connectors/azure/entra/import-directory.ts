// A file of applications and service principals as if it were the tenant: it answers the same lists, page by page, no others.
import { invalid } from '@/connectors/text-file'
import type { ImportReport, OpenedFile } from '@/core/connector'
import { z } from 'zod'
import type { Connection } from '../connection'
import { checkFile, type Checked, type FileList } from '../file-check'
import { explainFile, FilePages, NotInFile } from '../file-pages'
import { DIRECTORY, IMPORTS } from '../imports'
import { SIGN_IN } from '../sign-in'
import { APPLICATIONS, PRINCIPALS } from './calls'
import { KNOWN_FIELDS } from './import-fields'
import { Application, ServicePrincipal } from './shapes'

/** Where the Azure CLI stops unless it is told to list all. */
const STOPS_AT = 100

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
/** Before 2.37 the Azure CLI wrote objects as another service gave them. */
const ofToday = <T extends z.ZodType>(shape: T) =>
  z
    .unknown()
    .superRefine((value, context) => {
      if (isRecord(value) && 'objectId' in value && !('id' in value))
        context.addIssue({
          code: 'custom',
          message:
            'is as the Azure CLI before 2.37 wrote it: update the Azure CLI, and run the command again',
          continue: false,
        })
    })
    .pipe(shape)

const LISTS = {
  applications: { what: 'applications', id: 'id', shape: ofToday(Application), fields: KNOWN_FIELDS },
  servicePrincipals: {
    what: 'service principals',
    id: 'id',
    shape: ofToday(ServicePrincipal),
    fields: KNOWN_FIELDS,
  },
} as const satisfies Record<string, FileList>
const LIST_OF: Readonly<Record<string, keyof typeof LISTS>> = {
  [APPLICATIONS]: 'applications',
  [PRINCIPALS]: 'servicePrincipals',
}

const connectionOf = (tenantId: string): Connection => ({
  tenantId,
  cloud: 'public',
  subscriptions: [],
  keyVaultObjects: false,
  previewApis: true,
  activityDays: 0,
  limits: { vaultItemsMax: 1 },
})

/** Agent identities are seen by their id. */
const agentIn = ({ id, servicePrincipalType }: Record<string, unknown>): string | undefined =>
  servicePrincipalType === 'ServiceIdentity' ? String(id) : undefined

function reportOf({ report, notes }: Checked): ImportReport {
  const agents = {
    what: 'agent identities',
    why: 'a file does not tell all of them: connect the tenant',
    count: notes.size,
  }
  return { ...report, ignored: [...report.ignored, ...(notes.size ? [agents] : [])] }
}

function refuseOdd({ counts }: Checked, command: string): void {
  if (Object.keys(LISTS).every((list) => !counts.get(list)))
    throw invalid(`$: holds no applications and no servicePrincipals. Make the file with: ${command}`)
  for (const [list, count] of counts)
    if (count === STOPS_AT)
      throw invalid(
        `$.${list}: has exactly ${STOPS_AT} elements, where the Azure CLI stops unless it is given --all. Make the file with: ${command}`,
      )
}

/** @throws RollcallError naming line or path when the file cannot be read whole */
export async function openDirectory(path: string, maxBytes?: number): Promise<OpenedFile> {
  const command = IMPORTS.find(({ id }) => id === DIRECTORY)?.command ?? ''
  const checked = await checkFile(path, { command, lists: LISTS, note: agentIn }, maxBytes)
  refuseOdd(checked, command)
  const pages = new FilePages(checked)
  return {
    report: () => reportOf(checked),
    transport: {
      async send(permission, params) {
        if (permission === SIGN_IN) return connectionOf(checked.tenantId)
        const list = LIST_OF[permission]
        if (list === undefined) throw new NotInFile('not in the imported file')
        // Nothing in the file tells a list without elements from one that was left out.
        if (!checked.counts.get(list)) throw new NotInFile(`The file holds no ${LISTS[list].what}.`)
        return await pages.page(list, params['link'])
      },
      explain: explainFile,
      close: () => pages.close(),
    },
  }
}
