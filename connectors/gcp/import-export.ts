// stub
import type { OpenedFile } from '@/core/connector'
export async function openExport(_format: string, _path: string): Promise<OpenedFile> {
  throw new Error('later')
}
