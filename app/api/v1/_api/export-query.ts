// What a list takes beside its filter, to answer as a file.
import { z } from 'zod'

export const Export = {
  format: z.enum(['json', 'csv']).optional().meta({ description: 'As `Accept: text/csv` does, for links.' }),
  cols: z
    .string()
    .max(2000)
    .transform((s) => s.split(',').filter(Boolean))
    .pipe(z.array(z.string()))
    .optional()
    .meta({ description: 'Columns of a CSV, by key. Ids come in any case.' }),
}
export const CSV = ['text/csv']
