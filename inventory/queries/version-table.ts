// Where every version of a table's rows is read: those known at the moment asked about, or all of them.

/** The view of that name stands in the schema of the present and in that of the moment, and answers for each. */
export const versionTable = (table: string): string => `${table.replaceAll('"', '')}_version`
