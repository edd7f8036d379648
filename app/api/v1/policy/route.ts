// The policy that counts, and putting another one in its place.
import { handlers } from '@/app/api/v1/_api/routes'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = handlers('/policy')
