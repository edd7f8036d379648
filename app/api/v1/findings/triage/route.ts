// Triage of one or many findings.
import { handlers } from '@/app/api/v1/_api/routes'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = handlers('/findings/triage')
